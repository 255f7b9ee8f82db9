"""What is lost when the same held-out pictures come smaller, larger, compressed, blurred or tinted."""

import argparse
import json
import sys

import numpy as np
import torch

from . import calibrate, data, evaluate, splits
from .films import FILMS

CASES = [(None, 1.0), (None, 0.8), (None, 1.25), ("jpeg50", 1.0), ("blur", 1.0), ("warm", 1.0), ("cold", 1.0)]
SHOWN = {
    "thin": ["thin-mpidb-falciparum/asexual_parasite", "thin-txlpbc-uninfected/white_cell", "thin-txlpbc-uninfected/red_cell"],
    "thick": ["thick-fiocruz/asexual_parasite", "thick-mlab/asexual_parasite", "thick-mlab/white_cell"],
}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=FILMS)
    p.add_argument("--data", required=True)
    p.add_argument("--cache", required=True)
    p.add_argument("--runs", nargs="+", required=True, help="folders named foldN of one film")
    p.add_argument("--folds", nargs="+", required=True)
    p.add_argument("--figures", required=True)
    p.add_argument("--limit", type=int, default=25, help="pictures of each set and fold")
    p.add_argument("--threads", type=int, default=1)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    film = FILMS[a.film]
    classes = json.load(open(a.figures))["class"]
    wanted = {k.split("/")[0] for k in SHOWN[a.film]}
    sets = data.load(a.data, film, a.cache, [s for s in film.sets if s in wanted])
    table = {}
    for kind, factor in CASES:
        pooled = {}
        for run, fold in zip(a.runs, a.folds):
            _, test = splits.apart(sets, splits.folds(a.data, a.film)[fold])
            stdout, sys.stdout = sys.stdout, open("/dev/null", "w")
            result = evaluate.fold(film, a.data, run, test, kind, factor, a.limit, save=False)
            sys.stdout = stdout
            for key, item in result.items():
                into = pooled.setdefault(key, [[], 0])
                into[0].extend(item["rows"])
                into[1] += item["total"]
        for key in SHOWN[a.film]:
            if key in pooled:
                rows = np.array(pooled[key][0], float).reshape(-1, 2)
                f1 = evaluate.counts(rows, pooled[key][1], classes[key.split("/")[1]]["logit"])["f1"]
                table.setdefault(key, {})[f"{kind or 'as is'} x{factor}"] = f1
        print(kind, factor, {k: list(v.values())[-1] for k, v in table.items()}, flush=True)
    print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
