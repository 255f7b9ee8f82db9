#!/usr/bin/env python3
"""Makes the corpus of JPEG forms beside this file, from a drawn field, with libjpeg-turbo's own tools.

    apt-get install libjpeg-turbo-progs     (cjpeg, jpegtran, djpeg; made with 2.1.5)
    pip install pillow                      (inks; made with 13.0.0)
    python3 tests/jpeg/make.py

The rows `jpeg` of `tests/cases/odd.csv` name each form, and what is expected of ours: `read as` the picture that
libjpeg-turbo makes of it, or the key of the error where the form is not read. Forms whose pixels are the same share a
picture.
"""

import hashlib
import io
import pathlib
import struct
import subprocess
import sys
import tempfile

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "cases"))
from table import put  # noqa: E402

FIELD = HERE.parent.parent / "samples/patient-1/frottis/01.jpg"
SCRIPTS = pathlib.Path(tempfile.mkdtemp())
NOT_READ = "error-jpeg-form"
DAMAGED = "error-picture-overwritten"
CUT = "error-picture-truncated"


def run(tool, *flags, given):
    done = subprocess.run([tool, *flags], input=given, capture_output=True)
    # 2 is a warning: an end mark that is missing.
    if done.returncode not in (0, 2):
        raise SystemExit(f"{tool} {flags}: {done.stderr.decode()}")
    return done.stdout


def ppm(picture):
    out = io.BytesIO()
    picture.save(out, "PPM")
    return out.getvalue()


def scans(text):
    path = SCRIPTS / hashlib.sha256(text.encode()).hexdigest()
    path.write_text(text)
    return str(path)


def segments(jpeg):
    """(marker, start, end) of each segment before the data of the first scan, its header included."""
    at = 2
    while True:
        marker, length = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
        yield marker, at, at + 2 + length
        if marker == 0xDA:
            return
        at += 2 + length


def without(jpeg, *markers):
    for marker, start, end in reversed(list(segments(jpeg))):
        if marker in markers:
            jpeg = jpeg[:start] + jpeg[end:]
    return jpeg


def patched(jpeg, marker, offset, value):
    """One byte of the first segment of that kind, counted from after its length, set to another value."""
    start = next(s for m, s, _ in segments(jpeg) if m == marker)
    return jpeg[: start + 4 + offset] + bytes([value]) + jpeg[start + 5 + offset :]


def marked(jpeg, old, new):
    start = next(s for m, s, _ in segments(jpeg) if m == old)
    return jpeg[: start + 1] + bytes([new]) + jpeg[start + 2 :]


def lossless(grey):
    """ITU-T T.81 annex H, predictor 1, one component."""
    width, height = grey.size
    pixels = list(grey.get_flattened_data())
    bits = ""
    for y in range(height):
        for x in range(width):
            here = pixels[y * width + x]
            if x > 0:
                before = pixels[y * width + x - 1]
            elif y > 0:
                before = pixels[(y - 1) * width]
            else:
                before = 128
            step = here - before
            size = abs(step).bit_length()
            bits += format(size, "04b")
            if size:
                bits += format(step if step > 0 else step + (1 << size) - 1, f"0{size}b")
    bits += "1" * (-len(bits) % 8)
    data = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)).replace(b"\xff", b"\xff\0")
    table = bytes([0]) + bytes(3) + bytes([9]) + bytes(12) + bytes(range(9))
    frame = struct.pack(">BHHB3B", 8, height, width, 1, 1, 0x11, 0)
    scan = bytes([1, 1, 0, 1, 0, 0])
    segment = lambda marker, body: bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body
    return b"\xff\xd8" + segment(0xC3, frame) + segment(0xC4, table) + segment(0xDA, scan) + data + b"\xff\xd9"


def inks(picture, adobe):
    """Four inks as Adobe writes them, inverted: plain, or with the first three as brightness and colours."""
    c, m, y = (Image.eval(band, lambda v: 255 - v) for band in picture.split())
    black = Image.new("L", picture.size, 40)
    if adobe == 2:
        c, m, y = (Image.eval(band, lambda v: 255 - v) for band in Image.merge("RGB", picture.split()).convert("YCbCr").split())
    out = io.BytesIO()
    Image.merge("CMYK", (c, m, y, black)).save(out, "JPEG", quality=90)
    jpeg = out.getvalue()
    return patched(jpeg, 0xEE, 11, adobe)


def forms():
    field = Image.open(io.BytesIO(run("djpeg", given=FIELD.read_bytes()))).convert("RGB")
    # Odd sides, and the middle of the picture: cells, and glass between them.
    part = field.crop((300, 220, 353, 261))
    whole = ppm(part)
    cjpeg = lambda *flags, of=whole: run("cjpeg", "-quality", "88", *flags, given=of)
    tran = lambda jpeg, *flags: run("jpegtran", *flags, given=jpeg)

    samplings = {
        "444": "1x1", "422": "2x1", "420": "2x2", "440": "1x2", "411": "4x1", "410": "4x2", "441": "1x4",
        "311": "3x1", "mixed-22-21-11": "2x2,2x1,1x1", "mixed-22-12-21": "2x2,1x2,2x1",
        "mixed-21-12-11": "2x1,1x2,1x1", "mixed-12-11-12": "1x2,1x1,1x2", "colour-finer": "1x1,2x2,2x2",
        "colour-as-fine": "2x1,2x1,2x1",
    }
    one_each = scans("0;\n1;\n2;\n")
    for name, sampling in samplings.items():
        base = cjpeg("-sample", sampling)
        yield f"baseline-{name}", base, "read"
        yield f"progressive-{name}", tran(base, "-progressive"), "read"
        yield f"one-scan-each-{name}", tran(base, "-scans", one_each), "read"
    base = cjpeg("-sample", "2x2")
    full = cjpeg("-sample", "1x1")
    for name, script in {
        "pair-last": "0;\n1 2;\n", "pair-first": "0 1;\n2;\n", "colour-first": "2;\n1;\n0;\n", "pair-split": "0 2;\n1;\n",
    }.items():
        for of, kind in ((base, "420"), (full, "444")):
            yield f"scans-{name}-{kind}", tran(of, "-scans", scans(script)), "read"
    bands = "0 1 2: 0-0, 0, 0;\n0: 1-5, 0, 0;\n2: 1-63, 0, 0;\n1: 1-63, 0, 0;\n0: 6-63, 0, 0;\n"
    yield "progressive-bands-only", tran(base, "-scans", scans(bands)), "read"
    apart = "0: 0-0, 0, 1;\n1: 0-0, 0, 1;\n2: 0-0, 0, 1;\n0: 1-63, 0, 2;\n0: 1-63, 2, 1;\n0: 1-63, 1, 0;\n1: 1-63, 0, 0;\n2: 1-63, 0, 0;\n0: 0-0, 1, 0;\n1: 0-0, 1, 0;\n2: 0-0, 1, 0;\n"
    yield "progressive-scans-apart", tran(base, "-scans", scans(apart)), "read"

    yield "optimised", tran(base, "-optimize"), "read"
    yield "restart-each-unit", tran(base, "-restart", "1B"), "read"
    yield "restart-3-units", tran(full, "-restart", "3B"), "read"
    yield "restart-rows", tran(base, "-restart", "1"), "read"
    yield "restart-progressive", tran(base, "-progressive", "-restart", "2B"), "read"
    yield "restart-one-scan-each", tran(base, "-scans", one_each, "-restart", "2B"), "read"
    yield "coarse-16-bit-tables", run("cjpeg", "-quality", "3", given=whole), "read"

    for width, height in ((1, 1), (7, 9), (8, 8), (16, 16), (17, 1), (1, 17), (33, 8), (9, 40)):
        small = ppm(field.crop((310, 230, 310 + width, 230 + height)))
        jpeg = cjpeg("-sample", "2x2", of=small)
        yield f"size-{width}x{height}", jpeg, "read"
        yield f"size-{width}x{height}-one-scan-each", tran(jpeg, "-scans", one_each), "read"
        yield f"size-{width}x{height}-progressive", tran(jpeg, "-progressive"), "read"

    grey = cjpeg("-grayscale")
    yield "grey", grey, "read"
    yield "grey-progressive", tran(grey, "-progressive"), "read"
    yield "grey-sampled-2x2", cjpeg("-grayscale", "-sample", "2x2"), "read"
    yield "grey-sampled-2x2-progressive", tran(cjpeg("-grayscale", "-sample", "2x2"), "-progressive"), "read"
    yield "grey-sampled-1x2-restart", cjpeg("-grayscale", "-sample", "1x2", "-restart", "1B"), "read"

    rgb = cjpeg("-rgb", "-sample", "1x1")
    yield "rgb-adobe", rgb, "read"
    yield "rgb-adobe-one-scan-each", tran(rgb, "-scans", one_each, "-copy", "all"), "read"
    yield "rgb-by-component-names", without(rgb, 0xEE), "read"
    yield "colours-adobe-no-jfif", full[:2] + b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x01" + without(full, 0xE0)[2:], "read"
    yield "colours-no-marker", without(base, 0xE0), "read"
    cmyk = inks(part, 0)
    yield "inks", cmyk, "read"
    yield "inks-progressive", tran(cmyk, "-progressive", "-copy", "all"), "read"
    yield "inks-one-scan-each", tran(cmyk, "-scans", scans("0;\n1;\n2;\n3;\n"), "-copy", "all"), "read"
    yield "inks-as-colours", inks(part, 2), "read"
    yield "inks-as-colours-progressive", tran(inks(part, 2), "-progressive", "-copy", "all"), "read"

    frame = next(s for m, s, _ in segments(base) if m == 0xC0)
    yield "fill-bytes-before-markers", base[:frame] + b"\xff\xff\xff" + base[frame:], "read"
    yield "comment-with-an-end-mark", base[:2] + b"\xff\xfe\0\x08\xff\xd9\xff\xd8ab" + base[2:], "read"
    yield "extended-sequential", marked(base, 0xC0, 0xC1), "read"
    yield "no-end", base[:-2], "read"
    yield "no-end-half", base[:-1], "read"
    yield "no-end-progressive", tran(base, "-progressive")[:-2], "read"
    yield "no-end-one-scan-each", tran(base, "-scans", one_each)[:-2], "read"
    yield "something-after-the-end", base + b"\0" * 40 + b"\xff\xd8\xff", "read"
    yield "cut-in-the-data", base[: len(base) * 3 // 4], CUT
    yield "cut-before-the-last-byte", base[:-5], CUT
    yield "cut-between-scans", tran(base, "-scans", one_each)[:], None
    yield "cut-between-progressive-scans", tran(base, "-progressive")[:], None

    yield "arithmetic", tran(base, "-arithmetic"), NOT_READ
    yield "arithmetic-progressive", tran(base, "-arithmetic", "-progressive"), NOT_READ
    yield "arithmetic-restart", tran(base, "-arithmetic", "-restart", "2B"), NOT_READ
    yield "bits-12", patched(marked(base, 0xC0, 0xC1), 0xC1, 0, 12), NOT_READ
    yield "lossless", lossless(part.convert("L")), NOT_READ
    yield "lossless-arithmetic", marked(lossless(part.convert("L")), 0xC3, 0xCB), NOT_READ
    yield "hierarchical", marked(base, 0xC0, 0xC5), NOT_READ
    yield "jpeg-ls", marked(lossless(part.convert("L")), 0xC3, 0xF7), NOT_READ
    height = base[:frame] + base[frame : frame + 5] + b"\0\0" + base[frame + 7 :]
    yield "height-comes-later", height[:-2] + b"\xff\xdc\0\x04" + struct.pack(">H", part.height) + b"\xff\xd9", base
    yield "height-said-twice", base[:-2] + b"\xff\xdc\0\x04" + struct.pack(">H", part.height) + b"\xff\xd9", "read"


def last_scan(jpeg):
    """Where the last scan of a stream begins."""
    return jpeg.rindex(b"\xff\xda")


def main():
    for old in (*HERE.glob("*.jpg"), *HERE.glob("*.png")):
        old.unlink()
    rows = []
    pictures = {}
    for name, jpeg, expected in forms():
        if expected is None:
            jpeg, expected = jpeg[: last_scan(jpeg)], CUT
        (HERE / f"{name}.jpg").write_bytes(jpeg)
        picture = ""
        if expected == "read" or isinstance(expected, bytes):
            # libjpeg does not read it; it reads the same picture in another form.
            made = run("djpeg", given=jpeg if expected == "read" else expected)
            expected = "read"
            digest = hashlib.sha256(made).hexdigest()
            picture = pictures.setdefault(digest, name)
            if picture == name:
                Image.open(io.BytesIO(made)).save(HERE / f"{name}.png", optimize=True)
        rows.append((name, name.replace("-", " "), f"read as {picture}" if picture else expected))
    put("jpeg", rows)


if __name__ == "__main__":
    main()
