"""The floor of false parasites of a bundle, from what the engine found where no parasite is labelled.

`hemozoin evaluate --film FILM --fold ... --format json --details > evaluation.json`, then
`python -m hemozoin_train.floor evaluation.json... --on "WHAT IT WAS" > floor.toml`, which `export --floor` takes. Mean and
spread between readings are those of `crates/malaria-standard/src/floor.rs`. The pictures of a set whose slides are not known are one slide;
where that is the only one, the spread is taken to be as large as the mean. Cells are the labelled ones, or, where only some
are labelled, those that the engine found.
"""

import argparse
import json

CELLS = {"thick": ("white_cell", 200, "mean_per_200_white_cells"), "thin": ("red_cell", 1000, "mean_per_1000_red_cells")}


def rows(evaluation, cell):
    """(slide, false parasites, cells) of each reading on which every parasite is labelled: a picture of a known slide, or
    all pictures of a set whose slides are not known."""
    readings, unknown = [], {}
    for part in evaluation["sets"]:
        for field in part["fields"]:
            of = {s["subject"]: s for s in field["subjects"]}
            parasites, cells = of["parasite"], of[cell]
            counted = cells["labelled"] if cells["complete"] else cells["found"] + cells["cut"]
            if not parasites["complete"] or not counted:
                continue
            false = parasites["found"] - parasites["hits"]
            if field["slide"]:
                readings.append((field["slide"], false, counted))
            else:
                before = unknown.get(part["set"], (0, 0))
                unknown[part["set"]] = (before[0] + false, before[1] + counted)
    return readings + [(name, *counts) for name, counts in unknown.items()]


def moments(readings):
    """Mean and standard deviation between readings, both per cell: moment estimates."""
    cells = [n for _, _, n in readings]
    total, k = sum(cells), len(readings)
    mean = sum(f for _, f, _ in readings) / total
    scatter = sum(n * (f / n - mean) ** 2 for _, f, n in readings) - mean * (k - 1)
    return mean, max(0.0, scatter / (total - sum(n * n for n in cells) / total)) ** 0.5


def main():
    p = argparse.ArgumentParser()
    p.add_argument("evaluations", nargs="+", help="of one film")
    p.add_argument("--on", required=True, help="what it was measured on, for a person to read")
    a = p.parse_args()
    evaluations = [json.load(open(path)) for path in a.evaluations]
    cell, per, name = CELLS[evaluations[0]["plan"]["film"]]
    readings = [row for evaluation in evaluations for row in rows(evaluation, cell)]
    slides = len({slide for slide, *_ in readings})
    mean, spread = moments(readings) if len(readings) > 1 else (readings[0][1] / readings[0][2], None)
    if slides == 1:
        spread = mean
    false = sum(f for _, f, _ in readings)
    print(f"[false_positive_floor]\n{name} = {per * mean:.2f}\nsd_between_slides = {per * spread:.2f}")
    print(f"cells = {sum(n for *_, n in readings)}\nslides = {slides}")
    print(f'measured_on = "{a.on} ({len(readings)} readings, {false} false marks)"')


if __name__ == "__main__":
    main()
