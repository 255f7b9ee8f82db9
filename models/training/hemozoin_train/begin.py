"""weights.pt to begin a run with, from a net of the other film that has seen no picture of this one (the shipped one, or
`--bundle`), or, for the run on everything, from the film's own (`--own`).

`python -m hemozoin_train.begin thin --data DATA --cache CACHE --fold fold0 --out START/thin-fold0`, then `--start-from
START/thin-fold0/weights.pt`. The shipped nets have their batch norms folded into the convolutions: each norm is put back
so that its layer gives, on crops of the run's own training pictures, what the folded one gives.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from . import data, sample, splits, targets
from .films import FILMS
from .net import Conv, Net

CROPS = 48


def heads(net, given, film, other):
    """Rows of the head for each class: that of the other film's class, or the sizes of its parasites."""
    k, j = len(film.classes), len(other.classes)
    for c, term in enumerate(film.classes):
        o = other.classes.index(term if term in other.classes else "asexual_parasite")
        rows = [(k + 2 * c, j + 2 * o), (k + 2 * c + 1, j + 2 * o + 1)]
        if term in other.classes:
            rows.append((c, o))
        for to, source in rows:
            net.head.weight[to], net.head.bias[to] = given["head.weight"][source], given["head.bias"][source]


def unfolded(net, given, crops):
    """Puts batch norms back into `net`, layer after layer, as `crops` go through it."""

    def put_back(name, conv):
        def hook(_module, _inputs, z):
            norm, mean, var = conv[1], z.mean((0, 2, 3)), z.var((0, 2, 3))
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(var)
            norm.weight.copy_((var + norm.eps).sqrt())
            norm.bias.copy_(mean + given[f"{name}.0.bias"])

        return conv[0].register_forward_hook(hook)

    hooks = [put_back(name, m) for name, m in net.named_modules() if isinstance(m, Conv)]
    net.eval()(crops)
    for hook in hooks:
        hook.remove()


@torch.no_grad()
def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=FILMS)
    p.add_argument("--data", required=True)
    p.add_argument("--cache", required=True)
    p.add_argument("--fold", default=None)
    p.add_argument("--out", required=True)
    p.add_argument("--own", action="store_true", help="begin at the film's own shipped net, which has seen every picture")
    p.add_argument("--bundle", type=Path, help="folder of the net to begin at, instead of the shipped one")
    a = p.parse_args()
    if a.own and a.fold:
        p.error("--own has seen the pictures that --fold holds out: leave one of them out")
    torch.manual_seed(0)
    film = FILMS[a.film]
    other = film if a.own else next(f for f in FILMS.values() if f is not film)
    if a.fold and not a.bundle and other.begun_at == film.name:
        p.error(f"the shipped {other.name} net began at one that has seen every {film.name} picture: name an older one by --bundle")
    model = onnx.load((a.bundle or Path(__file__).parents[2] / other.bundle) / "model.onnx")
    given = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in model.graph.initializer}
    net = Net(len(film.classes))
    for name, module in net.named_modules():
        if isinstance(module, Conv):
            module[0].weight.copy_(given[f"{name}.0.weight"])
    for name in ("up8", "up4"):
        getattr(net, name).weight.copy_(given[f"{name}.weight"])
        getattr(net, name).bias.copy_(given[f"{name}.bias"])
    heads(net, given, film, other)
    held = splits.folds(a.data, film.name)[a.fold] if a.fold else {}
    training, _ = splits.apart(data.load(a.data, film, a.cache), held)
    sampler = sample.Sampler(film, training, film.tile, 5)
    crops = targets.collate([sampler.crop(np.random.default_rng((5, i))) for i in range(CROPS)])
    unfolded(net, given, crops["image"])
    Path(a.out).mkdir(parents=True, exist_ok=True)
    torch.save({"average": net.state_dict(), "film": film.name}, Path(a.out) / "weights.pt")


if __name__ == "__main__":
    main()
