"""The mean of several runs that began at the same weights: `average.py OUT RUN RUN...`."""

import sys
from pathlib import Path

import torch


def main():
    out, runs = Path(sys.argv[1]), sys.argv[2:]
    states = [torch.load(Path(r) / "weights.pt", weights_only=True) for r in runs]
    mean = {}
    for key, value in states[0]["average"].items():
        stack = torch.stack([s["average"][key].float() for s in states])
        mean[key] = stack.mean(0).to(value.dtype)
    out.mkdir(parents=True, exist_ok=True)
    torch.save({"average": mean, "film": states[0]["film"]}, out / "weights.pt")


if __name__ == "__main__":
    main()
