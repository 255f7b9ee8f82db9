#!/bin/sh
# bundle.sh FILM DATA OUT: folds, figures and the shipped bundle of one film, which lies in OUT/FILM-final/bundle.
# HEMOZOIN names the engine that measures (default: built here).
set -eu
film=$1 data=$(realpath "$2") python=${PYTHON:-python3}
mkdir -p "$3"
out=$(realpath "$3")
case ${HEMOZOIN:-} in */*) HEMOZOIN=$(realpath "$HEMOZOIN") ;; esac
cd "$(dirname "$0")"
if [ -z "${HEMOZOIN:-}" ]; then
  cargo build --release --manifest-path ../../Cargo.toml
  HEMOZOIN=$(realpath ../../target/release/hemozoin)
fi
export HEMOZOIN
train() { "$python" -m hemozoin_train "$film" "$@" --data "$data" --cache "$out/cache" --threads "${THREADS:-2}"; }
runs="" also=""
for fold in fold0 fold1 fold2; do
  train --out "$out/$film-$fold" --fold "$fold" --steps "${FOLD_STEPS:-4000}"
  runs="$runs $out/$film-$fold" also="$also $fold=$out/$film-$fold"
done
if [ "$film" = thick ]; then
  for fold in to-mlab to-fiocruz; do
    train --out "$out/$film-$fold" --fold "$fold" --steps "${FOLD_STEPS:-4000}"
  done
fi
# shellcheck disable=SC2086
"$python" -m hemozoin_train.calibrate "$film" --data "$data" --runs $runs --out "$out/$film.json"
train train --out "$out/$film-final" --steps "${STEPS:-12000}"
# shellcheck disable=SC2086
train second --out "$out/$film-final" --also $also
FIGURES="$out/$film.json" ./measure.sh "$film" "$data" "$out" "$out/tables"
train export --out "$out/$film-final" --figures "$out/$film.json" --floor "$out/tables/$film-floor.toml"
