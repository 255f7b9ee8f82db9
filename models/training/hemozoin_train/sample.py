"""Draws training crops: which picture, where, with which transplants."""

import queue
import threading
from pathlib import Path

import cv2
import numpy as np

from . import augment, targets
from .data import Picture
from .relabel import UNLABELLED_SHARE


class NihCells:
    """Single red cells of 153 patients, to be set in the place of other cells."""

    def __init__(self, root, um, exclude_patients=(), limit=7000, seed=0):
        rng = np.random.default_rng(seed)
        folder = Path(root) / "cells-nih-falciparum"
        rows = [r.split(",") for r in (folder / "cells.csv").read_text().split("\n")[1:] if r]
        rows = [r for r in rows if not any(f"{p}" == r[1] for p in exclude_patients)]
        rng.shuffle(rows)
        self.cells = {"parasitized": [], "uninfected": []}
        factor = 0.057 / um
        for file, _, label, *_ in rows[:limit]:
            bgr = cv2.imread(str(folder / file), cv2.IMREAD_COLOR)
            if bgr is None:
                continue
            rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
            self.cells[label].append(cv2.resize(rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))

    def paste(self, rgb, objects, bags, valid, rng):
        reds = [o for o in objects if o[0] == 0 and 30 < min(o[1], o[2]) and max(o[1], o[2]) < rgb.shape[0] - 30]
        rng.shuffle(reds)
        for red in reds[: rng.integers(2, 7)]:
            _, x, y, w, h = red
            others = [o for o in objects if o[0] != 0 and abs(o[1] - x) < w and abs(o[2] - y) < h]
            if others:
                continue
            label = "parasitized" if rng.random() < 0.6 else "uninfected"
            cell = self.cells[label][rng.integers(len(self.cells[label]))]
            zoom = 1.12 * np.sqrt(w * h) / np.sqrt(cell.shape[0] * cell.shape[1])
            cell = np.rot90(cell, rng.integers(4))
            ch, cw = max(8, round(cell.shape[0] * zoom)), max(8, round(cell.shape[1] * zoom))
            x0, y0 = int(x - cw / 2), int(y - ch / 2)
            if x0 < 0 or y0 < 0 or x0 + cw > rgb.shape[1] or y0 + ch > rgb.shape[0]:
                continue
            cell = cv2.resize(np.ascontiguousarray(cell), (cw, ch), interpolation=cv2.INTER_AREA)
            mask = (cell.max(axis=2) > 30).astype(np.float32)
            inside = cell[mask > 0]
            spot = rgb[y0 : y0 + ch, x0 : x0 + cw]
            if len(inside) < 50:
                continue
            core = spot[ch // 4 : -ch // 4, cw // 4 : -cw // 4].reshape(-1, 3)
            gain = np.clip((np.median(core, axis=0) + 1) / (np.median(inside, axis=0) + 1), 0.6, 1.7)
            alpha = cv2.GaussianBlur(cv2.erode(mask, np.ones((3, 3))), (0, 0), 1.0)[..., None]
            spot[:] = np.clip(spot * (1 - alpha) + cell * gain * alpha, 0, 255).astype(np.uint8)
            a, b, c, d = max(0, int(y - h / 2) // 4), int(y + h / 2) // 4 + 1, max(0, int(x - w / 2) // 4), int(x + w / 2) // 4 + 1
            if label == "parasitized":
                valid[a:b, c:d] &= 255 ^ 6
                bags.append((1, x, y, w * 0.9, h * 0.9))
            else:
                keep = [bag for bag in bags if abs(bag[1] - x) > 4 or abs(bag[2] - y) > 4]
                if len(keep) == len(bags):
                    valid[a:b, c:d] |= 6
        return bags


class Sampler:
    def __init__(self, film, sets, size, seed, cells=None):
        self.film, self.size, self.seed, self.cells = film, size, seed, cells
        share = {n: film.sets[n] for n in sets if sets[n]}
        if any(len(p.objects) for p in sets.get("thick-unlabelled", [])):
            share["thick-unlabelled"] = UNLABELLED_SHARE
        self.names = [n for n in share if share[n] > 0]
        share = np.array([share[n] for n in self.names])
        self.share = share / share.sum()
        self.sets = sets
        rng = np.random.default_rng(seed)
        parasite = film.classes.index("asexual_parasite")
        labelled = [p for n in self.names for p in sets[n] if (p.objects[:, 0] == parasite).any()]
        self.parasite = parasite
        self.bank = augment.Bank(labelled, film, parasite, rng)
        self.index = {n: self._index(sets[n]) for n in self.names}

    def _index(self, pictures):
        """class -> list of (picture, object row), so that rare classes are drawn as often as common ones."""
        out = {}
        for i, p in enumerate(pictures):
            rows = [tuple(o) for o in p.objects] + [(o[0] + 100, *o[1:]) for o in p.bags]
            for row in rows:
                out.setdefault(int(row[0]), []).append((i, row[1], row[2]))
        return out

    def crop(self, rng):
        film, size = self.film, self.size
        name = self.names[rng.choice(len(self.names), p=self.share)]
        pictures = self.sets[name]
        zoom = float(np.exp(rng.uniform(*np.log(film.zoom))))
        if rng.random() < 0.6 and self.index[name]:
            kinds = list(self.index[name])
            odds = np.array([len(self.index[name][k]) ** 0.35 * (2.0 if k in (self.parasite, 101) else 1.0) for k in kinds])
            rows = self.index[name][kinds[rng.choice(len(kinds), p=odds / odds.sum())]]
            i, x, y = rows[rng.integers(len(rows))]
            picture: Picture = pictures[i]
            reach = 0.36 * size * film.um_per_px / picture.um
            centre = (x + rng.uniform(-reach, reach), y + rng.uniform(-reach, reach))
        else:
            picture = pictures[rng.integers(len(pictures))]
            h, w = picture.rgb.shape[:2]
            for _ in range(4):  # mostly inside the disc of an eyepiece
                centre = (rng.uniform(0, w), rng.uniform(0, h))
                if picture.rgb[int(centre[1]), int(centre[0])].max() > 60:
                    break
        # Mostly inside the picture: what lies beyond its edge teaches nothing.
        half = 0.36 * size * film.um_per_px / picture.um / zoom
        h, w = picture.rgb.shape[:2]
        centre = tuple(float(np.clip(v, min(half, n / 2), max(n - half, n / 2))) for v, n in zip(centre, (w, h)))
        matrix, scale, angle = augment.crop_matrix(picture, film, rng, size, centre, zoom)
        rgb = augment.warp(picture, matrix, scale, size, rng)
        valid = augment.warp_valid(picture, matrix, size)
        objects = augment.move(picture.objects, matrix, scale, angle)
        inside = (np.abs(objects[:, 1:3] - size / 2) < size / 2 + 40).all(axis=1)
        objects = objects[inside]
        bags = augment.move(picture.bags, matrix, scale, angle)
        bags = [tuple(b) for b in bags if 0 < b[1] < size and 0 < b[2] < size]
        if film.name == "thin":
            if self.cells and name != "thin-bccd-uninfected" and rng.random() < 0.35:
                bags = self.cells.paste(rgb, objects, bags, valid, rng)
            if name != "thin-mpidb-falciparum" and rng.random() < 0.35:
                objects = self._transplant_thin(rgb, objects, valid, bags, zoom, rng)
            if rng.random() < (0.5 if name == "thin-mpidb-falciparum" else 0.25):
                augment.strips(rgb, rng)
            if rng.random() < 0.3:
                parasites = [(o[1], o[2], max(o[3], o[4]) / 2) for o in (*objects[objects[:, 0] != 0], *bags)]
                augment.specks(rgb, parasites, rng)
        elif rng.random() < 0.5:
            objects = self._transplant_thick(rgb, objects, valid, zoom, rng)
        if rng.random() < film.restained:
            # Nuclei of other colours are white cells still, and bluish red cells none.
            white, red = (objects[objects[:, 0] == film.classes.index(t)] if t in film.classes else () for t in ("white_cell", "red_cell"))
            augment.restain(rgb, [*white, *(r for r in red if rng.random() < 0.35)], rng)
        if rng.random() < 0.06:
            objects, bags = augment.rim(rgb, valid, objects, bags, rng)
        x = augment.camera(augment.colour(rgb, rng), rng)
        return (x, *targets.render(objects, bags, valid, film, size))

    def _transplant_thin(self, rgb, objects, valid, bags, zoom, rng):
        reds = [o for o in objects if o[0] == 0]
        rng.shuffle(reds)
        for red in reds[: rng.integers(1, 5)]:
            _, x, y, w, h = red
            if any(abs(b[1] - x) < w / 2 and abs(b[2] - y) < h / 2 for b in bags):
                continue
            if any(o[0] != 0 and abs(o[1] - x) < w and abs(o[2] - y) < h for o in objects):
                continue
            place = (x + rng.normal(0, w * 0.13), y + rng.normal(0, h * 0.13))
            objects = self.bank.transplant(rgb, objects, valid, 1, place, zoom, rng, rng.random() < 0.33)
        return objects

    def _transplant_thick(self, rgb, objects, valid, zoom, rng):
        for _ in range(rng.integers(1, 5)):
            place = rng.uniform(30, self.size - 30, 2)
            if len(objects) and np.hypot(objects[:, 1] - place[0], objects[:, 2] - place[1]).min() < 40 * zoom:
                continue
            spot = rgb[int(place[1]) - 8 : int(place[1]) + 8, int(place[0]) - 8 : int(place[0]) + 8]
            if spot.size == 0 or spot.mean() < 120:
                continue
            objects = self.bank.transplant(rgb, objects, valid, self.parasite, place, zoom, rng, rng.random() < 0.33)
        return objects


def stream(sampler, batch, start, threads=1, depth=6):
    """Batches in order, the same for any number of threads: crop n depends on the seed and n alone."""
    stop = threading.Event()
    slots = [queue.Queue(maxsize=depth) for _ in range(threads)]

    def work(k):
        step = start + k
        while not stop.is_set():
            crops = [sampler.crop(np.random.default_rng((sampler.seed, step, i))) for i in range(batch)]
            item = targets.collate(crops)
            while not stop.is_set():
                try:
                    slots[k].put(item, timeout=1)
                    break
                except queue.Full:
                    continue
            step += threads

    workers = [threading.Thread(target=work, args=(k,), daemon=True) for k in range(threads)]
    for worker in workers:
        worker.start()
    try:
        n = 0
        while True:
            yield slots[n % threads].get()
            n += 1
    finally:
        stop.set()
        for worker in workers:
            worker.join()
