#!/bin/sh
# bundle.sh FILM DATA OUT: folds, figures and the shipped bundle of one film.
set -eu
film=$1 data=$2 out=$3 python=${PYTHON:-python3}
cd "$(dirname "$0")"
folds="fold0 fold1 fold2"
[ "$film" = thick ] && folds="$folds to-mlab to-fiocruz"
runs=""
for fold in $folds; do
  "$python" -m hemozoin_train "$film" --data "$data" --cache "$out/cache" --out "$out/$fold" --fold "$fold" --steps "${FOLD_STEPS:-4000}" --threads "${THREADS:-2}"
  runs="$runs $out/$fold"
done
"$python" -m hemozoin_train.calibrate "$film" --runs $runs --out "$out/figures.json"
"$python" -m hemozoin_train "$film" train --data "$data" --cache "$out/cache" --out "$out/final" --steps "${STEPS:-12000}" --threads "${THREADS:-2}"
"$python" -m hemozoin_train "$film" export --data "$data" --cache "$out/cache" --out "$out/final" --figures "$out/figures.json"
