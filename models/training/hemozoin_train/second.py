"""The second look: a small net that sees one candidate and nothing else."""

import copy
import queue
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from . import augment
from .net import Conv, folded, follow

# What a candidate is: the label of a cut-out.
NEGATIVE, POSITIVE, LIKELY, GAMETOCYTE, PART, WHITE, NOT_WHITE = range(7)
STORED = 96  # side of a stored cut-out; the net sees the middle of it
WIDTHS = (32, 64, 96, 96)  # channels at strides 2, 4, 8 and 16


class Second(nn.Module):
    """`kinds` logits for a cut-out of `side` pixels."""

    def __init__(self, side, kinds, widths):
        super().__init__()
        a, b, c, d = widths
        left = side // 16
        self.body = nn.Sequential(
            Conv(3, a, 3, 2), Conv(a, b, 3, 2), Conv(b, b), Conv(b, c, 3, 2), Conv(c, c), Conv(c, d, 3, 2),
            nn.Dropout(0.2), nn.Conv2d(d, d, left), nn.ReLU(inplace=True), nn.Conv2d(d, kinds, 1),
        )

    def forward(self, x):
        return self.body(x)


def load(film, folder):
    """The second net of a run, of the widths that it was trained with, or None where it has none."""
    path = Path(folder) / "second.pt"
    if not path.exists():
        return None
    state = torch.load(path, weights_only=True)
    widths = tuple(len(state[f"body.{layer}.0.weight"]) for layer in (0, 1, 3, 5))
    net = Second(film.second_side, len(film.second_classes), widths)
    begin(net, state)
    return folded(net)


def begin(net, state):
    """Takes the weights `state` of an earlier run over; logits that it did not have begin at nothing, and improbable."""
    own = net.state_dict()
    for name, value in state.items():
        if value.shape != own[name].shape:
            new = torch.zeros_like(own[name]) if value.dim() > 1 else torch.full_like(own[name], -3.0)
            new[: len(value)] = value
            state[name] = new
    net.load_state_dict(state)


def logits(net, film, x, rows):
    """`x`: the first net's input, 1 x 3 x h x w; rows: class, x, y, ... in its pixels. For each row the logits of the
    film's `second_classes`."""
    half = film.second_side // 2
    padded = F.pad(x, (half,) * 4)[0]
    out = []
    for start in range(0, len(rows), 256):
        part = rows[start : start + 256]
        places = [(int(r[1] // 4 * 4 + 2), int(r[2] // 4 * 4 + 2)) for r in part]
        crops = torch.stack([padded[:, py : py + 2 * half, px : px + 2 * half] for px, py in places])
        with torch.inference_mode():
            out.append(net(crops).flatten(1))
    return torch.cat(out).numpy() if out else np.zeros((0, len(film.second_classes)), np.float32)


def strips_around(crop, rng):
    """Altered bars as in MP-IDB, never over the candidate itself."""
    out = crop.copy()
    augment.strips(out, rng)
    h, w = crop.shape[:2]
    middle = np.zeros((h, w), np.uint8)
    cv2.circle(middle, (w // 2, h // 2), 9, 1, -1)
    out[middle > 0] = crop[middle > 0]
    return out


def _view(crop, label, side, rng, thin):
    if thin and label == NEGATIVE and rng.random() < 0.2:
        crop = crop.copy()
        augment.speck(crop, *(STORED // 2 + rng.integers(-2, 3, 2)), rng)
    if thin and rng.random() < 0.35:
        crop = strips_around(crop, rng)
    zoom = float(np.exp(rng.uniform(np.log(0.8), np.log(1.25))))
    m = cv2.getRotationMatrix2D((STORED / 2 - 0.5, STORED / 2 - 0.5), rng.uniform(0, 360), zoom)
    if rng.random() < 0.5:
        crop = np.ascontiguousarray(crop[:, ::-1])
    m[:, 2] += side / 2 - STORED / 2 + rng.uniform(-2.5, 2.5, 2)
    rgb = cv2.warpAffine(crop, m, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(128, 128, 128))
    return augment.camera(augment.colour(rgb, rng), rng)


# What a label is worth for each of a film's `second_classes`: people overlook parasites and mark specks; an infected
# cell's best candidate is one mostly. NaN says nothing.
NAN = float("nan")
TARGET = {
    NEGATIVE: (0.03, 0.03, NAN),
    POSITIVE: (0.97, 0.03, 0.03),
    LIKELY: (0.9, NAN, NAN),
    GAMETOCYTE: (0.03, 0.97, 0.03),
    PART: (0.03, NAN, NAN),
    WHITE: (0.03, 0.03, 0.97),
    NOT_WHITE: (NAN, NAN, 0.03),
}
# Shares of what is drawn, relative to each other: kinds without candidates drop out.
DRAWN = {(POSITIVE, LIKELY, GAMETOCYTE): 0.36, (NEGATIVE, PART): 0.48, (WHITE,): 0.08, (NOT_WHITE,): 0.08}


def disagreement(z, y):
    """Mean loss of the logits that the labels speak of."""
    told = ~y.isnan()
    return F.binary_cross_entropy_with_logits(z[told], y[told])


def _tensor(crops):
    return (torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2).float() / 255 - 0.5) / 0.25


def taught(y, told):
    """Labels drawn half-way to what a teacher's logits say; where labels are silent the teacher speaks alone."""
    told = torch.sigmoid(told)
    return torch.where(y.isnan(), told, 0.5 * (told + y))


def train(film, pools, out, steps, minutes=None, batch=64, rate=2e-3, seed=1, log=print, start_from=None, device="cpu", teacher=None, widths=WIDTHS):
    """Trains on the pools of `candidates.harvest`; rare sets are drawn more often than their size says. `teacher` is a
    run whose second net helps to tell what a cut-out is. Goes on from `second-checkpoint.pt`, which is written every 90
    seconds."""
    torch.manual_seed(seed)
    keys = sorted(pools)
    odds = np.array([len(pools[k]) ** 0.5 for k in keys])
    for labels, share in DRAWN.items():
        part = np.array([k[1] in labels for k in keys])
        odds[part] *= share / max(odds[part].sum(), 1e-9)
    odds /= odds.sum()
    side = film.second_side
    kinds = len(film.second_classes)
    master = load(film, teacher).to(device, memory_format=torch.channels_last) if teacher else None
    net = Second(side, kinds, widths).to(device, memory_format=torch.channels_last)
    if start_from:
        begin(net, torch.load(start_from, weights_only=True))
    mean = copy.deepcopy(net)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.05)
    batches, stop = queue.Queue(maxsize=6), threading.Event()
    path, first, spent = Path(out) / "second-checkpoint.pt", 0, 0.0
    if path.exists():
        state = torch.load(path, weights_only=True, map_location=device)
        net.load_state_dict(state["net"])
        mean.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        first, spent = state["step"], state["spent"]
        log(f"second resumed at step {first}")

    def work():
        step = first
        while not stop.is_set():
            rng = np.random.default_rng((seed, step))
            step += 1
            x, y = [], []
            for k in rng.choice(len(keys), batch, p=odds):
                pool = pools[keys[k]]
                x.append(_view(pool[rng.integers(len(pool))], keys[k][1], side, rng, film.name == "thin"))
                y.append(TARGET[keys[k][1]][:kinds])
            item = (_tensor(x), torch.tensor(y))
            while not stop.is_set():
                try:
                    batches.put(item, timeout=1)
                    break
                except queue.Full:
                    continue

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    began, step, shown = time.time() - spent, first, 0.0
    saved = time.time()
    while True:
        done = step / steps
        if minutes:
            done = max(done, (time.time() - began) / (60 * minutes))
        if done >= 1:
            break
        x, y = batches.get()
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 100) * max(0.02, 1 - done)
        x, y = x.to(device).contiguous(memory_format=torch.channels_last), y.to(device)
        with torch.autocast(device, torch.bfloat16):
            z = net(x).flatten(1)
            if master is not None:
                with torch.no_grad():
                    y = taught(y, master(x).flatten(1).float())
        loss = disagreement(z.float(), y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        step += 1
        follow(mean, net, min(0.998, step / (step + 20)))
        shown = shown * 0.99 + loss.item() * 0.01
        if step % 250 == 0:
            log(f"second {step} {done:.2f} loss {shown / (1 - 0.99 ** (step - first)):.4f}")
        if time.time() - saved > 90:
            saved = time.time()
            state = {"net": net.state_dict(), "average": mean.state_dict(), "optimizer": optimizer.state_dict()}
            part = path.with_suffix(".part")
            torch.save({**state, "random": torch.get_rng_state(), "step": step, "spent": saved - began}, part)
            part.rename(path)
    stop.set()
    worker.join()
    mean = mean.cpu()
    torch.save(mean.state_dict(), Path(out) / "second.pt")
    path.unlink(missing_ok=True)
    return folded(mean)
