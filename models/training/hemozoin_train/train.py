"""The training loop: AdamW, one cycle, averaged weights, checkpoints that resume."""

import copy
import time
from pathlib import Path

import torch

from . import relabel, sample
from .loss import detection_loss
from .net import Net, follow


def moved(value, device):
    """A batch, with every tensor in it on the device."""
    if isinstance(value, dict):
        return {name: moved(v, device) for name, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [moved(v, device) for v in value]
    return value.to(device) if torch.is_tensor(value) else value


def train(film, sets, out, steps, batch=8, size=256, seed=1, rate=3e-3, threads=1, minutes=None, cells=None, start_from=None, log=print, average=0.999, self_train=0.45, device="cpu"):
    """Trains a net and returns its averaged weights. `minutes` ends the cycle early on slow machines."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    classes = len(film.classes)
    net = Net(classes)
    if start_from:
        net.load_state_dict(torch.load(start_from, weights_only=True)["average"])
    net.train().to(device)
    mean = copy.deepcopy(net)
    net = net.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    weight = torch.tensor(film.class_weight, device=device)
    step, spent, relabelled = 0, 0.0, False
    path = out / "checkpoint.pt"
    if path.exists():
        state = torch.load(path, weights_only=True, map_location=device)
        net.load_state_dict(state["net"])
        mean.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step, spent, relabelled = state["step"], state["spent"], state["relabelled"]
        log(f"resumed at step {step}")

    def save():
        part = path.with_suffix(".part")
        torch.save({"net": net.state_dict(), "average": mean.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent, "relabelled": relabelled}, part)
        part.rename(path)

    if relabelled:
        relabel.apply(copy.deepcopy(mean).cpu(), film, sets, log)
    sampler = sample.Sampler(film, sets, size, seed, cells)
    began, saved, shown = time.time() - spent, time.time(), {}
    first = step
    batches = sample.stream(sampler, batch, step, threads)
    while True:
        batch_data = next(batches)
        spent = time.time() - began
        done = step / steps
        if minutes:
            done = max(done, spent / (60 * minutes))
        if done >= 1:
            break
        if self_train is not None and not relabelled and done >= self_train:
            # Its own averaged weights, which have seen these training pictures alone, fill in what the sets leave unlabelled.
            batches.close()
            relabelled = True
            save()
            relabel.apply(copy.deepcopy(mean).cpu(), film, sets, log)
            sampler = sample.Sampler(film, sets, size, seed, cells)
            batches = sample.stream(sampler, batch, step, threads)
            continue
        warm = min(1.0, (step + 1) / 200)
        factor = warm * min(1.0, (1 - done) / 0.7)
        for group in optimizer.param_groups:
            group["lr"] = rate * max(factor, 0.01)
        batch_data = moved(batch_data, device)
        with torch.autocast(device, torch.bfloat16):
            maps = net(batch_data["image"])
        loss, parts = detection_loss(maps, batch_data, classes, weight)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 10.0)
        optimizer.step()
        step += 1
        follow(mean, net, min(average, step / (step + 20)))
        for key, value in parts.items():
            shown[key] = shown.get(key, 0) * 0.98 + value * 0.02
        if step % 100 == 0:
            scale = 1 - 0.98 ** (step - first)
            text = " ".join(f"{k} {(v / scale).cpu().numpy().round(3)}" for k, v in shown.items())
            log(f"step {step} {done:.2f} {spent:.0f}s {text}")
        if time.time() - saved > 90:
            save()
            saved = time.time()
    batches.close()
    save()
    mean = mean.cpu()
    torch.save({"average": mean.state_dict(), "film": film.name}, out / "weights.pt")
    return mean
