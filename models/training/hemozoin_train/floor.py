"""The floor of false parasites of a bundle, from what the engine found where no parasite is labelled.

`hemozoin evaluate --film FILM --fold ... --format json --details > evaluation.json`, then
`python -m hemozoin_train.floor evaluation.json --on "WHAT IT WAS" > floor.toml`, which `export --floor` takes. Mean and
spread between pictures are those of `src/standard/floor.rs`. Pictures of one set whose slides are not known are one
slide, the spread of which is taken to be as large as the mean.
"""

import argparse
import json

CELLS = {"thick": ("white_cell", 200, "mean_per_200_white_cells"), "thin": ("red_cell", 1000, "mean_per_1000_red_cells")}


def rows(evaluation, cell):
    """(slide, false parasites, cells) of each reading of a picture with both classes labelled completely."""
    for part in evaluation["sets"]:
        for field in part["fields"]:
            of = {s["subject"]: s for s in field["subjects"]}
            parasites, cells = of["parasite"], of[cell]
            if parasites["complete"] and cells["complete"] and cells["labelled"]:
                yield field["slide"] or part["set"], parasites["found"] - parasites["hits"], cells["labelled"]


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
    p.add_argument("--on", required=True, help="what it was measured on, for a person to read")
    a = p.parse_args()
    evaluation = json.load(open(a.evaluation))
    cell, per, name = CELLS[evaluation["plan"]["film"]]
    readings = list(rows(evaluation, cell))
    slides = len({slide for slide, *_ in readings})
    mean, spread = moments(readings)
    if slides == 1:
        spread = mean
    false = sum(f for _, f, _ in readings)
    print(f"[false_positive_floor]\n{name} = {per * mean:.2f}\nsd_between_slides = {per * spread:.2f}")
    print(f"cells = {sum(n for *_, n in readings)}\nslides = {slides}")
    print(f'measured_on = "{a.on} ({len(readings)} readings, {false} false marks)"')


if __name__ == "__main__":
    main()
