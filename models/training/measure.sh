#!/bin/sh
# measure.sh FILM DATA RUNS OUT: bundles of the folds, then the engine on the slides that each fold has not seen.
# HEMOZOIN names the engine (default: hemozoin). The tables go to OUT/FILM-SET.md.
set -eu
film=$1 data=$(realpath "$2") runs=$(realpath "$3") python=${PYTHON:-python3} engine=${HEMOZOIN:-hemozoin}
mkdir -p "$4"
out=$(realpath "$4")
cd "$(dirname "$0")"
own=$out/thick-own
[ "$film" = thin ] || "$python" -m hemozoin_train.own --data "$data" --out "$own"
"$python" -m hemozoin_train.folds "$film" --data "$data" --runs "$runs" --own "$own" --out "$out" \
  ${FIGURES:+--figures "$FIGURES"}
for path in $(ls "$out/$film"-fold*/test-*.json | sed 's/.*test-\(.*\)\.json/\1/' | sort -u); do
  truth=$data/$path/annotations.json
  [ "$path" = thick-own ] && truth=$own/annotations.json
  folds=""
  for fold in "$out/$film"-fold*; do
    [ -f "$fold/test-$path.json" ] && folds="$folds --fold $fold:$truth"
  done
  # shellcheck disable=SC2086
  "$engine" evaluate --lang en --film "$film" $folds --format markdown --um-per-px "${SCALE:-given}" ${EXTRA:-} \
    > "$out/$film-$path${TAG:-}.md" || echo "$path failed" >&2
done
