"""The floor of false thick-film parasites, from what the engine found where no parasite is labelled.

`hemozoin evaluate --film thick --fold ... --format json --details > evaluation.json`, then
`python -m hemozoin_train.floor evaluation.json`. Mean and spread between pictures are those of `src/standard/floor.rs`.
"""

import argparse
import json


def rows(evaluation):
    """(picture, false parasites, white cells) of each reading of a picture with both classes labelled completely."""
    for part in evaluation["sets"]:
        for field in part["fields"]:
            of = {s["subject"]: s for s in field["subjects"]}
            parasites, white = of["parasite"], of["white_cell"]
            if parasites["complete"] and white["complete"] and white["labelled"]:
                yield field["image"], parasites["found"] - parasites["hits"], white["labelled"]


def moments(readings):
    """Mean and standard deviation between readings, both per cell: moment estimates."""
    cells = [n for _, _, n in readings]
    total, k = sum(cells), len(readings)
    mean = sum(f for _, f, _ in readings) / total
    scatter = sum(n * (f / n - mean) ** 2 for _, f, n in readings) - mean * (k - 1)
    return mean, max(0.0, scatter / (total - sum(n * n for n in cells) / total)) ** 0.5


def main():
    p = argparse.ArgumentParser()
    p.add_argument("evaluation")
    readings = list(rows(json.load(open(p.parse_args().evaluation))))
    mean, spread = moments(readings)
    print(f"mean_per_200_white_cells = {200 * mean:.1f}\nsd_between_slides = {200 * spread:.1f}")
    print(f"cells = {sum(n for *_, n in readings)}\nslides = {len({name for name, *_ in readings})}")
    print(f"# {sum(f for _, f, _ in readings)} false in {len(readings)} readings")


if __name__ == "__main__":
    main()
