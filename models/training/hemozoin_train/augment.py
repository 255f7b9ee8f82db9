"""Random crops: place, zoom, turn, transplanted objects, colour, blur, noise, JPEG.

Transplants carry absorbance, not pixels: a patch divided by the colour around it multiplies the new
place, as stain on glass does. Half as many patches without an object are transplanted too, so that
the act of transplanting tells the net nothing.
"""

import cv2
import numpy as np

FILL = 16  # a crop may reach this far beyond the picture before it is moved inside


def crop_matrix(picture, film, rng, size, centre, zoom):
    """Affine map from picture pixels to crop pixels."""
    scale = picture.um / film.um_per_px * zoom
    angle = rng.uniform(0, 2 * np.pi) if rng.random() < 0.7 else rng.integers(4) * np.pi / 2
    cos, sin = np.cos(angle) * scale, np.sin(angle) * scale
    flip = -1.0 if rng.random() < 0.5 else 1.0
    m = np.array([[cos * flip, -sin], [sin * flip, cos]], np.float64)
    shift = np.array([size / 2, size / 2]) - m @ np.asarray(centre, np.float64)
    return np.hstack([m, shift[:, None]]), scale, angle


def move(objects, matrix, scale, angle):
    """Objects under the map; boxes turn as ellipses do."""
    if not len(objects):
        return objects.reshape(0, 5)
    out = objects.copy()
    out[:, 1:3] = objects[:, 1:3] @ matrix[:, :2].T + matrix[:, 2]
    w, h = objects[:, 3] * scale, objects[:, 4] * scale
    c, s = np.cos(angle), np.sin(angle)
    out[:, 3] = np.sqrt((w * c) ** 2 + (h * s) ** 2)
    out[:, 4] = np.sqrt((w * s) ** 2 + (h * c) ** 2)
    return out


def warp(picture, matrix, scale, size, rng):
    source = picture.rgb
    if scale < 0.8:
        # Cut first, so that the blur against aliasing is small work.
        inverse = cv2.invertAffineTransform(matrix)
        corners = np.array([[0, 0], [size, 0], [0, size], [size, size]]) @ inverse[:, :2].T + inverse[:, 2]
        x0, y0 = np.maximum(corners.min(axis=0).astype(int) - 4, 0)
        x1, y1 = np.maximum(corners.max(axis=0).astype(int) + 5, 1)
        cut = source[y0:y1, x0:x1]
        if cut.size:
            source = cv2.GaussianBlur(cut, (0, 0), 0.35 / scale)
            matrix = matrix.copy()
            matrix[:, 2] += matrix[:, :2] @ np.array([x0, y0])
    fill = (0, 0, 0) if rng.random() < 0.3 else tuple(int(v) for v in rng.integers(150, 240, 3))
    if rng.random() < 0.4:
        rgb = cv2.warpAffine(source, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    else:
        rgb = cv2.warpAffine(
            source, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=fill
        )
    return rgb


def warp_valid(picture, matrix, size):
    # Both maps are at a quarter of their pictures: same linear part, shifted half-pixel centres.
    m = matrix.copy()
    m[:, 2] = (matrix[:, 2] + matrix[:, :2] @ np.array([1.5, 1.5]) - 1.5) / 4
    return cv2.warpAffine(
        picture.valid, m, (size // 4, size // 4), flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=0
    )


class Bank:
    """Absorbance patches of labelled objects and of plain places, at the working scale."""

    def __init__(self, pictures, film, cls, rng, limit=500, grow=1.5, smallest=0.0):
        self.items = []
        for picture in pictures:
            factor = picture.um / film.um_per_px
            for obj in picture.objects[picture.objects[:, 0] == cls]:
                side = max(obj[3], obj[4])
                if side * picture.um < smallest:
                    continue
                patch = self._cut(picture, obj[1], obj[2], side * grow, factor)
                if patch is not None:
                    self.items.append((patch, obj[3] * factor, obj[4] * factor))
            for _ in range(6):
                if not self.items or not len(picture.objects):
                    break
                h, w = picture.rgb.shape[:2]
                x, y = rng.uniform(0, w), rng.uniform(0, h)
                hits = picture.objects[picture.objects[:, 0] == cls]
                near = np.hypot(hits[:, 1] - x, hits[:, 2] - y).min(initial=1e9)
                valid = picture.valid[min(int(y // 4), picture.valid.shape[0] - 1), min(int(x // 4), picture.valid.shape[1] - 1)]
                if valid >> cls & 1 and near * picture.um > 8:
                    size = self.items[rng.integers(len(self.items))][0].shape[0] / factor
                    patch = self._cut(picture, x, y, size, factor)
                    if patch is not None:
                        self.items.append((patch, 0.0, 0.0))
        rng.shuffle(self.items)
        self.objects = [i for i in self.items if i[1] > 0][:limit]
        self.plain = [i for i in self.items if i[1] == 0][: limit // 2]
        del self.items

    @staticmethod
    def _cut(picture, cx, cy, side, factor):
        half = side / 2
        x0, y0, x1, y1 = int(cx - half), int(cy - half), int(cx + half) + 1, int(cy + half) + 1
        h, w = picture.rgb.shape[:2]
        if x0 < 0 or y0 < 0 or x1 > w or y1 > h:
            return None
        patch = picture.rgb[y0:y1, x0:x1].astype(np.float32) + 1
        size = max(5, int(round((x1 - x0) * factor)))
        patch = cv2.resize(patch, (size, size), interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
        rim = np.concatenate([patch[0], patch[-1], patch[:, 0], patch[:, -1]])
        colour = np.median(rim, axis=0)
        if colour.min() < 60:
            return None
        return np.clip(patch / colour, 0.05, 1.5).astype(np.float16)

    def transplant(self, rgb, objects, valid, cls, place, zoom, rng, plain):
        items = self.plain if plain else self.objects
        if not items:
            return objects
        patch, w, h = items[rng.integers(len(items))]
        zoom = zoom * rng.uniform(0.85, 1.15)
        side = max(5, int(round(patch.shape[0] * zoom)))
        angle = rng.uniform(0, 360)
        m = cv2.getRotationMatrix2D(((patch.shape[0] - 1) / 2,) * 2, angle, zoom)
        m[:, 2] += (side - patch.shape[0]) / 2
        ratio = cv2.warpAffine(patch.astype(np.float32), m, (side, side), flags=cv2.INTER_LINEAR, borderValue=(1, 1, 1))
        ratio **= rng.uniform(0.7, 1.25)  # weaker or stronger stain
        yy, xx = np.mgrid[0:side, 0:side]
        far = np.hypot(xx - (side - 1) / 2, yy - (side - 1) / 2) / (side / 2)
        alpha = np.clip((1.0 - far) / 0.3, 0, 1)[..., None]
        ratio = 1 + (ratio - 1) * alpha
        x0, y0 = int(place[0] - side / 2), int(place[1] - side / 2)
        if x0 < 0 or y0 < 0 or x0 + side > rgb.shape[1] or y0 + side > rgb.shape[0]:
            return objects
        spot = rgb[y0 : y0 + side, x0 : x0 + side]
        spot[:] = np.clip(spot * ratio, 0, 255).astype(np.uint8)
        if plain:
            return objects
        a = np.deg2rad(angle)
        w, h = w * zoom, h * zoom
        ww = np.sqrt((w * np.cos(a)) ** 2 + (h * np.sin(a)) ** 2)
        hh = np.sqrt((w * np.sin(a)) ** 2 + (h * np.cos(a)) ** 2)
        x, y = x0 + side / 2, y0 + side / 2
        valid[max(0, int(y - hh / 2) // 4) : int(y + hh / 2) // 4 + 1, max(0, int(x - ww / 2) // 4) : int(x + ww / 2) // 4 + 1] |= 1 << cls
        return np.vstack([objects, np.array([[cls, x, y, ww, hh]], np.float32)])


def strips(rgb, rng):
    """Smeared bars like those left by the repair of MP-IDB, put anywhere."""
    size = rgb.shape[0]
    for _ in range(rng.integers(1, 5)):
        w, h = int(rng.uniform(20, 75)), int(rng.uniform(3, 45))
        x, y = int(rng.integers(0, size - w)), int(rng.integers(1, size - h - 1))
        if rng.random() < 0.5:
            w, h = min(w, size - x), h
        top, bottom = rgb[y - 1, x : x + w].astype(np.float32), rgb[y + h, x : x + w].astype(np.float32)
        t = np.linspace(0, 1, h)[:, None, None]
        bar = cv2.blur(top[None] * (1 - t) + bottom[None] * t, (3, 1)) if h > 1 else top[None]
        if rng.random() < 0.3:
            # outline only: the mark was a frame
            keep = rgb[y : y + h, x : x + w].copy()
            rgb[y : y + h, x : x + w] = bar.reshape(h, w, 3).astype(np.uint8)
            if h > 6 and w > 6:
                rgb[y + 2 : y + h - 2, x + 2 : x + w - 2] = keep[2:-2, 2:-2]
        else:
            rgb[y : y + h, x : x + w] = bar.reshape(h, w, 3).astype(np.uint8)


def specks(rgb, keep_off, rng):
    """Drying artefacts and dust on red cells: bright refractile spots with a dark rim, and plain dark dots.

    `keep_off` holds centres and reaches of parasites; nothing is drawn on them.
    """
    size = rgb.shape[0]
    for _ in range(rng.integers(1, 13)):
        x, y = rng.integers(16, size - 16, 2)
        if not any(abs(x - kx) < reach + 14 and abs(y - ky) < reach + 14 for kx, ky, reach in keep_off):
            speck(rgb, x, y, rng)


def speck(rgb, x, y, rng):
    """One of them, at a place at least 15 pixels inside."""
    yy, xx = np.mgrid[-14:15, -14:15].astype(np.float32)
    angle, long, thin = rng.uniform(0, np.pi), rng.uniform(1.2, 5.5), rng.uniform(0.5, 1.0)
    u = (xx * np.cos(angle) + yy * np.sin(angle)) / long
    v = (yy * np.cos(angle) - xx * np.sin(angle)) / (long * thin)
    r = np.hypot(u, v)
    edge = np.exp(-((r - 1.25) ** 2) / 0.12)
    core = 1 / (1 + np.exp((r - 0.85) * 8))
    spot = rgb[y - 14 : y + 15, x - 14 : x + 15].astype(np.float32)
    if rng.random() < 0.75:
        bright = np.array([250, 235, 235], np.float32) + rng.uniform(-25, 5, 3)
        change = spot * (1 - rng.uniform(0.1, 0.45) * edge[..., None])
        change = change * (1 - core[..., None]) + bright * core[..., None] * rng.uniform(0.75, 1.0) + change * core[..., None] * 0.1
    else:
        grey = rng.uniform(20, 110) + rng.uniform(-12, 12, 3)
        change = spot * (1 - core[..., None]) + grey * core[..., None]
    rgb[y - 14 : y + 15, x - 14 : x + 15] = np.clip(change, 0, 255).astype(np.uint8)


def restain(rgb, objects, rng):
    """Another stain for single cells: what each absorbs, against the brightest around it, weighed by channel."""
    size = rgb.shape[0]
    for _, x, y, w, h in objects:
        x0, y0 = int(max(x - 0.6 * w, 0)), int(max(y - 0.6 * h, 0))
        x1, y1 = int(min(x + 0.6 * w, size)), int(min(y + 0.6 * h, size))
        if x1 - x0 < 6 or y1 - y0 < 6:
            continue
        spot = rgb[y0:y1, x0:x1].astype(np.float32) + 1
        glass = np.percentile(spot, 90, axis=(0, 1))
        share = spot / glass
        yy, xx = np.mgrid[y0:y1, x0:x1]
        far = np.hypot((xx - x) / (0.6 * w), (yy - y) / (0.6 * h))
        weigh = 1 + (np.exp(rng.normal(0, 0.45, 3)) - 1) * np.clip((1 - far) / 0.25, 0, 1)[..., None]
        # What is brighter than the glass stays as it is.
        changed = glass * np.minimum(share, 1) ** weigh * np.maximum(share, 1)
        rgb[y0:y1, x0:x1] = np.clip(changed - 1, 0, 255).astype(np.uint8)


def rim(rgb, valid, objects, bags, rng):
    """The rim of an eyepiece's disc across the crop; what lies in the dark is gone."""
    size = rgb.shape[0]
    angle, radius = rng.uniform(0, 2 * np.pi), rng.uniform(1.0, 4.0) * size
    inward = radius - rng.uniform(0, 0.4) * size
    cx, cy = size / 2 + inward * np.cos(angle), size / 2 + inward * np.sin(angle)
    yy, xx = np.mgrid[0:size, 0:size]
    depth = radius - np.hypot(xx - cx, yy - cy)
    soft = np.clip(depth / rng.uniform(2, 12), 0, 1)
    rgb[:] = (rgb * soft[..., None]).astype(np.uint8)

    def lit(row):
        return radius - np.hypot(row[1] - cx, row[2] - cy) > 12

    objects = objects[[bool(lit(o)) for o in objects]] if len(objects) else objects
    near = np.abs(depth[2::4, 2::4][: valid.shape[0], : valid.shape[1]]) < 20
    valid[near] = 0
    return objects, [b for b in bags if lit(b)]


def colour(rgb, rng, strength=1.0):
    """Gains, contrast, gamma, saturation, stain mixing: float in 0..1 out."""
    strong = rng.random() < 0.9
    gamma = np.exp(rng.normal(0, 0.18 * strength)) if strong else 1.0
    gains = np.exp(rng.normal(0, 0.07 * strength, 3) + rng.normal(0, 0.07 * strength)) if strong else np.ones(3)
    table = (np.arange(256)[:, None] / 255) ** gamma * gains[None]
    x = cv2.LUT(rgb, table.astype(np.float32)[:, None, :])
    if strong:
        mix = np.eye(3) + rng.normal(0, 0.05 * strength, (3, 3))
        saturation = np.exp(rng.normal(0, 0.25 * strength))
        grey = np.full((3, 3), 1 / 3)
        mix = (grey + (np.eye(3) - grey) * saturation) @ mix
        mix /= mix.sum(axis=1, keepdims=True)
        contrast = np.exp(rng.normal(0, 0.15 * strength))
        offset = 0.8 * (1 - contrast)
        x = cv2.transform(x, np.hstack([mix * contrast, np.full((3, 1), offset)]).astype(np.float32))
    return x


NOISE = np.random.default_rng(7).standard_normal((768, 768, 3), dtype=np.float32)
SOFT_NOISE = cv2.GaussianBlur(NOISE, (0, 0), 0.7) * 1.5


def camera(x, rng):
    """Blur or sharpening, uneven light, noise, JPEG; float 0..1 in and out."""
    size = x.shape[0]
    r = rng.random()
    if r < 0.40:
        x = cv2.GaussianBlur(x, (0, 0), rng.uniform(0.4, 1.7))
    elif r < 0.48:
        length = int(rng.integers(3, 8))
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1 / length
        kernel = cv2.warpAffine(kernel, cv2.getRotationMatrix2D(((length - 1) / 2,) * 2, rng.uniform(0, 180), 1), (length, length))
        x = cv2.filter2D(x, -1, kernel / max(kernel.sum(), 1e-3))
    elif r < 0.65:
        amount = rng.uniform(0.3, 1.2)
        x = cv2.addWeighted(x, 1 + amount, cv2.GaussianBlur(x, (0, 0), 1.2), -amount, 0)
    if rng.random() < 0.25:
        a = rng.uniform(0, 2 * np.pi)
        t = np.linspace(-1, 1, size, dtype=np.float32)
        slope = 1 + rng.uniform(0, 0.2) * (np.cos(a) * t[None] + np.sin(a) * t[:, None])
        x = x * slope[..., None].astype(np.float32)
    if rng.random() < 0.35:
        pool = SOFT_NOISE if rng.random() < 0.5 else NOISE
        i, j = rng.integers(0, pool.shape[0] - size, 2)
        x = cv2.scaleAdd(pool[i : i + size, j : j + size], float(rng.uniform(0.005, 0.03)), x)
    x = cv2.convertScaleAbs(cv2.max(x, 0.0), alpha=255)
    if rng.random() < 0.35:
        _, code = cv2.imencode(".jpg", x, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(40, 95))])
        x = cv2.imdecode(code, cv2.IMREAD_COLOR)
    return x
