"""Quality focal loss on the heat maps, masked where nothing is known; L1 on log sizes; bags for weak labels."""

import torch
from torch.nn import functional as F


def detection_loss(out, batch, classes, class_weight):
    """`out` float maps; `batch` as made by targets.Targets. Returns the loss and its parts."""
    heat = out[:, :classes].float()
    target, weight = batch["heat"], batch["weight"]
    # Every cell of a bump teaches, not its top alone.
    away = (target - torch.sigmoid(heat)).abs() ** 2
    error = away * F.binary_cross_entropy_with_logits(heat, target, reduction="none")
    count = (target * weight).sum(dim=(0, 2, 3)).clamp(min=16.0)
    per_class = 3 * (error * weight).sum(dim=(0, 2, 3)) / count
    heat_loss = (per_class * class_weight).sum()

    total = heat_loss
    parts = {"heat": per_class.detach()}
    b, c, y, x, log_w, log_h = batch["size"]
    if len(b):
        w = out[b, classes + 2 * c, y, x].float()
        h = out[b, classes + 2 * c + 1, y, x].float()
        size_loss = (w - log_w).abs().mean() + (h - log_h).abs().mean()
        total = total + 0.3 * size_loss
        parts["size"] = size_loss.detach()
    ids, bag_class, number = batch["bags"]
    if number:
        # The best logit inside each bag must be high; id 0 means outside all bags.
        chosen = heat.gather(1, bag_class).squeeze(1)
        best = torch.full((number + 1,), -20.0, device=heat.device).scatter_reduce(
            0, ids.flatten(), chosen.flatten(), reduce="amax", include_self=True
        )[1:]
        bag_loss = (-((1 - torch.sigmoid(best)) ** 2) * F.logsigmoid(best)).sum() / max(number, 4)
        total = total + 0.5 * bag_loss
        parts["bag"] = bag_loss.detach()
    return total, parts
