#!/bin/sh
# measure.sh FILM DATA RUNS OUT: bundles of the folds, then the engine on the slides that each fold has not seen.
# HEMOZOIN names the engine (default: hemozoin). The tables go to OUT/FILM-SET.md, the false-positive floor to
# OUT/FILM-floor.toml.
set -eu
film=$1 data=$(realpath "$2") runs=$(realpath "$3") python=${PYTHON:-python3} engine=${HEMOZOIN:-hemozoin}
case $engine in */*) engine=$(realpath "$engine") ;; esac
[ -z "${FIGURES:-}" ] || FIGURES=$(realpath "$FIGURES")
mkdir -p "$4"
out=$(realpath "$4")
cd "$(dirname "$0")"
if [ "$film" = thick ]; then
  "$python" -m hemozoin_train.own --data "$data" --out "$out/thick-own"
  "$python" -m hemozoin_train.stages --data "$data" --out "$out"
fi
"$python" -m hemozoin_train.folds "$film" --data "$data" --runs "$runs" --made "$out" --out "$out" \
  ${FIGURES:+--figures "$FIGURES"}
# folds SET RUN...: what these runs hold out of a set, as arguments of the engine
folds() {
  set=$1
  shift
  truth=$data/$set/annotations.json
  if [ -d "$out/$set" ]; then truth=$out/$set/annotations.json; fi
  for run in "$@"; do
    if [ -f "$run/test-$set.json" ]; then printf ' --fold %s:%s' "$run" "$truth"; fi
  done
}
# measure TABLE SET RUN...: one table over that
measure() {
  table=$1
  shift
  held=$(folds "$@")
  # shellcheck disable=SC2086
  [ -z "$held" ] || "$engine" evaluate --lang en --film "$film" $held --format markdown \
    --um-per-px "${SCALE:-given}" ${EXTRA:-} > "$out/$table${TAG:-}.md" || echo "$table failed" >&2
}
for set in $(ls "$out/$film"-*/test-*.json | sed 's/.*test-\(.*\)\.json/\1/' | sort -u); do
  measure "$film-$set" "$set" "$out/$film"-fold*
  # the runs that learnt from one public set alone, each by itself
  for run in "$out/$film"-to-*; do
    if [ -d "$run" ]; then measure "$(basename "$run")-$set" "$set" "$run"; fi
  done
done
case $film in
  thick)
    on=thick-own
    what="where no parasite is labelled on phone pictures that the nets of the folds had not seen"
    ;;
  thin)
    on="thin-txlpbc-uninfected thin-bccd-uninfected thin-chula-uninfected"
    what="malaria-free cameras that the measured nets had not seen: TXL-PBC, BCCD and Chula; slides are not known there, so a camera counts as one"
    ;;
esac
read_on=""
for set in $on; do
  held=$(folds "$set" "$out/$film"-fold*)
  [ -n "$held" ] || continue
  # shellcheck disable=SC2086
  "$engine" evaluate --lang en --film "$film" $held --um-per-px given --format json --details > "$out/$film-floor-$set.json"
  read_on="$read_on $out/$film-floor-$set.json"
done
# shellcheck disable=SC2086
"$python" -m hemozoin_train.floor $read_on --on "$what" > "$out/$film-floor.toml"
