#!/bin/sh
# bundle.sh FILM DATA OUT: folds, figures and the shipped bundle of one film, which lies in OUT/FILM-final/bundle.
# HEMOZOIN names the engine that measures (default: built here). Every run begins at a net of the other film that has seen
# no picture of this one: the shipped one, or that of the bundle in BEGIN, which thin needs (README.md).
# FOLD_STEPS, STEPS, ON_STEPS, SECOND_STEPS: steps of training.
set -eu
film=$1 data=$(realpath "$2") python=${PYTHON:-python3}
[ -z "${BEGIN:-}" ] || BEGIN=$(realpath "$BEGIN")
mkdir -p "$3"
out=$(realpath "$3")
case ${HEMOZOIN:-} in */*) HEMOZOIN=$(realpath "$HEMOZOIN") ;; esac
cd "$(dirname "$0")"
if [ -z "${HEMOZOIN:-}" ]; then
  cargo build --release --manifest-path ../../Cargo.toml
  HEMOZOIN=$(realpath ../../target/release/hemozoin)
fi
export HEMOZOIN
# run ACTION MORE...: of this film and fold
run() {
  action=$1
  shift
  "$python" -m hemozoin_train "$film" "$action" --data "$data" --cache "$out/cache" --threads "${THREADS:-2}" \
    ${fold:+--fold "$fold"} "$@"
}
# Shares of a cycle after which missing labels are filled in; on thick films people filled in what is used.
case $film in thin) fill=0.3 on_fill=0.05 ;; *) fill=1 on_fill=1 ;; esac
# train NAME [FOLD or ""] STEPS [FOLD=RUN...]: the run in OUT/FILM-NAME. A first net, the second net on what it proposes,
# some more steps of the first; then the mean of the first net before and after these.
train() {
  name=$film-$1 fold=$2 steps=$3
  shift 3
  begin=$out/begin/$name first=$out/first/$name on=$out/on/$name
  [ -f "$begin/weights.pt" ] || "$python" -m hemozoin_train.begin "$film" --data "$data" --cache "$out/cache" \
    ${fold:+--fold "$fold"} ${BEGIN:+--bundle "$BEGIN"} --out "$begin"
  run train --out "$first" --steps "$steps" --self-train "$fill" --start-from "$begin/weights.pt"
  run second --out "$first" --second-steps "${SECOND_STEPS:-6000}" --also "$@"
  run train --out "$on" --steps "${ON_STEPS:-6000}" --rate 2e-3 --self-train "$on_fill" --start-from "$first/weights.pt"
  "$python" -m hemozoin_train.average "$out/$name" "$first:0.5" "$on:0.5"
  cp "$first/second.pt" "$out/$name/"
  if [ -n "$fold" ]; then run evaluate --out "$out/$name"; fi
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
# shellcheck disable=SC2086
train final "" "${STEPS:-12000}" $also
FIGURES="$out/$film.json" ./measure.sh "$film" "$data" "$out" "$out/tables"
"$python" -m hemozoin_train "$film" export --data "$data" --out "$out/$film-final" --figures "$out/$film.json" \
  --floor "$out/tables/$film-floor.toml"
