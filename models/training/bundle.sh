#!/bin/sh
# bundle.sh FILM DATA OUT: the third look of one film, from the kept first and second nets on: candidates, nets without each
# group of cameras, tables of what they have not seen, the net on everything, and the bundle in OUT/FILM-falciparum.
# Started again it goes on where it was. STEPS, FINAL_STEPS: of the nets; GROUPS_LEFT_OUT: groups of cameras (cameras.py).
set -eu
film=$1 data=$(realpath "$2") python=${PYTHON:-python3}
mkdir -p "$3"
out=$(realpath "$3")
cd "$(dirname "$0")"
"$python" -m hemozoin_train.gather "$film" --data "$data" --runs runs --out "$out/candidates-$film"
third() {
  "$python" -m hemozoin_train.third "$film" --data "$data" --candidates "$out/candidates-$film" \
    --out "$out/$film-third-$1" --steps "${STEPS:-450}" ${2:+--leave "$2"}
}
for group in ${GROUPS_LEFT_OUT:-$("$python" -m hemozoin_train.cameras "$film")}; do
  third "$group" "$group"
done
"$python" -m hemozoin_train.left_out "$film" --data "$data" --candidates "$out/candidates-$film" --runs "$out" --out "$out"
"$python" -m hemozoin_train.settle "$film" --scores "$out" --out "$out/$film-figures.json"
STEPS=${FINAL_STEPS:-700} third final
"$python" -m hemozoin_train.ship "$film" --base "../$film-falciparum" --third "$out/$film-third-final" \
  --figures "$out/$film-figures.json" --out "$out/$film-falciparum"
