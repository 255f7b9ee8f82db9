#!/bin/sh
# measure.sh FILM DATA RUNS OUT: bundles of the folds, then the engine on the slides that each fold has not seen.
# HEMOZOIN names the engine (default: hemozoin). The tables go to OUT/FILM-SET.md.
set -eu
film=$1 data=$(realpath "$2") runs=$(realpath "$3") python=${PYTHON:-python3} engine=${HEMOZOIN:-hemozoin}
mkdir -p "$4"
out=$(realpath "$4")
cd "$(dirname "$0")"
if [ "$film" = thick ]; then
  "$python" -m hemozoin_train.own --data "$data" --out "$out/thick-own"
  "$python" -m hemozoin_train.stages --data "$data" --out "$out"
fi
"$python" -m hemozoin_train.folds "$film" --data "$data" --runs "$runs" --made "$out" --out "$out" \
  ${FIGURES:+--figures "$FIGURES"}
# measure TABLE SET RUN...: one table over what these runs hold out of a set
measure() {
  table=$1 set=$2
  shift 2
  truth=$data/$set/annotations.json
  if [ -d "$out/$set" ]; then truth=$out/$set/annotations.json; fi
  folds=""
  for run in "$@"; do
    if [ -f "$run/test-$set.json" ]; then folds="$folds --fold $run:$truth"; fi
  done
  # shellcheck disable=SC2086
  [ -z "$folds" ] || "$engine" evaluate --lang en --film "$film" $folds --format markdown \
    --um-per-px "${SCALE:-given}" ${EXTRA:-} > "$out/$table${TAG:-}.md" || echo "$table failed" >&2
}
for set in $(ls "$out/$film"-*/test-*.json | sed 's/.*test-\(.*\)\.json/\1/' | sort -u); do
  measure "$film-$set" "$set" "$out/$film"-fold*
  # the runs that learnt from one public set alone, each by itself
  for run in "$out/$film"-to-*; do
    if [ -d "$run" ]; then measure "$(basename "$run")-$set" "$set" "$run"; fi
  done
done
