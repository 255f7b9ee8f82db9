"""The weighed mean of nets that began at the same weights: `average.py [--second] OUT RUN[:WEIGHT] RUN[:WEIGHT]...`,
of the first nets, or with `--second` of the second ones."""

import sys
from pathlib import Path

import torch


def mean(states):
    """Of (weights, share), keeping the types of the first."""
    return {
        key: sum(state[key].float() * share for state, share in states).to(value.dtype)
        for key, value in states[0][0].items()
    }


def main():
    second = "--second" in sys.argv
    out, *runs = (a for a in sys.argv[1:] if a != "--second")
    runs = [(Path(run), float(weight or 1)) for run, _, weight in (a.partition(":") for a in runs)]
    name = "second.pt" if second else "weights.pt"
    total = sum(weight for _, weight in runs)
    states = [(torch.load(run / name, weights_only=True), weight / total) for run, weight in runs]
    if second:
        net = mean(states)
    else:
        net = {"average": mean([(s["average"], share) for s, share in states]), "film": states[0][0]["film"]}
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    torch.save(net, out / name)


if __name__ == "__main__":
    main()
