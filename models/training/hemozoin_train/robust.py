"""What the engine loses when the pictures that a fold has not seen come smaller, larger, compressed, blurred or tinted:
`hemozoin evaluate` on the folders that `measure.sh` made, once for each disturbance."""

import argparse
import json
import subprocess
from pathlib import Path

from .films import FILMS

SUBJECTS = {
    "thin": {"thin-mpidb-falciparum": ["asexual_parasite"], "thin-txlpbc-uninfected": ["white_cell", "red_cell"]},
    "thick": {
        "thick-fiocruz": ["parasite"],
        "thick-mlab": ["parasite", "white_cell"],
        "thick-own": ["parasite", "white_cell"],
    },
}


def cases(film, scale):
    out = {
        "as is": [],
        "smaller picture, x 0.8": ["--resize", "0.8"],
        "larger picture, x 1.25": ["--resize", "1.25"],
        "JPEG 50": ["--jpeg-quality", "50"],
        "blur": ["--blur-um", str(FILMS[film].shown_um_per_px)],
        "warm": ["--warm"],
        "cold": ["--cold"],
    }
    if scale == "given":
        out |= {"scale told x 0.8": ["--scale-factor", "0.8"], "scale told x 1.25": ["--scale-factor", "1.25"]}
    return out


def scores(engine, film, scale, folds, more):
    """F1 of each subject of one set, at the bundle's thresholds."""
    command = [engine, "evaluate", "--quiet", "--film", film, "--um-per-px", scale, "--format", "json", *more]
    for bundle, truth in folds:
        command += ["--fold", f"{bundle}:{truth}"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return {s["subject"]: s["f1"] for s in json.loads(done.stdout)["sets"][0]["figures"]["subjects"]}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=SUBJECTS)
    p.add_argument("--data", required=True)
    p.add_argument("--made", required=True, help="folder with what measure.sh wrote")
    p.add_argument("--engine", default="hemozoin")
    p.add_argument("--scale", choices=["given", "estimated"], default="given")
    p.add_argument("--sets", nargs="*", help="these sets alone")
    a = p.parse_args()
    made = Path(a.made)
    print("| set | what | " + " | ".join(cases(a.film, a.scale)) + " |")
    print("|---|---|" + "--:|" * len(cases(a.film, a.scale)))
    for name, subjects in SUBJECTS[a.film].items():
        if a.sets and name not in a.sets:
            continue
        home = made / name if (made / name).exists() else Path(a.data) / name
        bundles = [b for b in sorted(made.glob(f"{a.film}-fold*")) if (b / f"test-{name}.json").exists()]
        folds = [(b, home / "annotations.json") for b in bundles]
        found = {case: scores(a.engine, a.film, a.scale, folds, more) for case, more in cases(a.film, a.scale).items()}
        for subject in subjects:
            f1 = [each.get(subject) or 0.0 for each in found.values()]
            cells = [f"{f1[0]:.3f}", *(f"{v - f1[0]:+.3f}" for v in f1[1:])]
            print(f"| {name} | {subject} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
