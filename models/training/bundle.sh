#!/bin/sh
# bundle.sh FILM DATA OUT: folds, figures and the shipped bundle of one film, which lies in OUT/FILM-final/bundle.
# HEMOZOIN names the engine that measures (default: built here). Every run begins at the shipped net of the other film,
# which has seen no picture of this one. FOLD_STEPS, STEPS, SECOND_STEPS: steps of training.
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
train() { # train RUN [FOLD or ""] STEPS MORE...: the run in OUT/FILM-RUN
  run=$1 fold=$2 steps=$3
  shift 3
  begin=$out/begin/$film-$run
  [ -f "$begin/weights.pt" ] || "$python" -m hemozoin_train.begin "$film" --data "$data" --cache "$out/cache" --out "$begin" \
    ${fold:+--fold "$fold"}
  "$python" -m hemozoin_train "$film" "$@" --data "$data" --cache "$out/cache" --threads "${THREADS:-2}" \
    --out "$out/$film-$run" ${fold:+--fold "$fold"} --steps "$steps" --second-steps "${SECOND_STEPS:-6000}" \
    --self-train 0.3 --start-from "$begin/weights.pt"
}
runs="" also=""
for fold in fold0 fold1 fold2; do
  train "$fold" "$fold" "${FOLD_STEPS:-12000}"
  runs="$runs $out/$film-$fold" also="$also $fold=$out/$film-$fold"
done
if [ "$film" = thick ]; then
  for fold in to-mlab to-fiocruz; do
    train "$fold" "$fold" "${FOLD_STEPS:-12000}"
  done
fi
# shellcheck disable=SC2086
"$python" -m hemozoin_train.calibrate "$film" --data "$data" --runs $runs --out "$out/$film.json"
train final "" "${STEPS:-12000}" train
# shellcheck disable=SC2086
train final "" "${STEPS:-12000}" second --also $also
FIGURES="$out/$film.json" ./measure.sh "$film" "$data" "$out" "$out/tables"
"$python" -m hemozoin_train "$film" export --data "$data" --out "$out/$film-final" --figures "$out/$film.json" \
  --floor "$out/tables/$film-floor.toml"
