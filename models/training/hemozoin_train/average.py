"""The weighed mean of several first nets that began at the same weights: `average.py OUT RUN[:WEIGHT] RUN[:WEIGHT]...`."""

import sys
from pathlib import Path

import torch


def main():
    out = Path(sys.argv[1])
    runs = [(run, float(weight or 1)) for run, _, weight in (a.partition(":") for a in sys.argv[2:])]
    total = sum(weight for _, weight in runs)
    states = [(torch.load(Path(run) / "weights.pt", weights_only=True), weight / total) for run, weight in runs]
    first = states[0][0]
    mean = {
        key: sum(state["average"][key].float() * weight for state, weight in states).to(value.dtype)
        for key, value in first["average"].items()
    }
    out.mkdir(parents=True, exist_ok=True)
    torch.save({"average": mean, "film": first["film"]}, out / "weights.pt")


if __name__ == "__main__":
    main()
