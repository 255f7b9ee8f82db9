#!/usr/bin/env python3
"""Makes the pictures beside this file, from drawn fields, as microscopes' and other programs write them.

    pip install tifffile pillow numpy imagecodecs       (made with tifffile 2026.3.3, pillow 13.0.0; the `tiles-` with imagecodecs
    2026.3.6, the others without it: its zlib gives other bytes)
    python3 tests/pictures/make.py

The rows `file` of `tests/cases/odd.csv` say of each file how many fields it holds, which picture the first of them shows
(within a step or two), the notes that go with it, its scale, or the key of the error where it is refused.
"""

import pathlib
import struct
import sys

import numpy as np
import tifffile
from PIL import Image, ImageFilter

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "cases"))
from table import put  # noqa: E402

SAMPLES = HERE.parent.parent / "samples/patient-1/frottis"
WIDTH, HEIGHT = 48, 36
ROWS = []


def drawn(number, left, top):
    picture = Image.open(SAMPLES / f"{number:02}.jpg").convert("RGB")
    return np.array(picture.crop((left, top, left + WIDTH, top + HEIGHT)))


def blurred(field, radius):
    return np.array(Image.fromarray(field).filter(ImageFilter.GaussianBlur(radius)))


def case(name, fields="", first="", notes="", scale="", error=""):
    told = {"fields": fields, "first": first, "notes": notes.replace(" ", "+"), "scale": scale}
    expected = error or " ".join(f"{key}={value}" for key, value in told.items() if value)
    ROWS.append((name, name.split(".")[0].replace("-", " "), expected))
    return HERE / name


def planes(field):
    """Red, green and blue as grey pages."""
    return np.moveaxis(field, -1, 0)


def pages(path, pictures, **common):
    """Plain pages; each a picture, and what is particular about it."""
    style = {key: common.pop(key) for key in ("bigtiff", "byteorder") if key in common}
    with tifffile.TiffWriter(path, **style) as tif:
        for picture, particular in pictures:
            tif.write(picture, **{"metadata": None, "compression": "zlib", **common, **particular})


def half(field):
    return np.array(Image.fromarray(field).resize((WIDTH // 2, HEIGHT // 2), Image.Resampling.BOX))


def ome(images, data=""):
    """OME-XML of images, each (name, attributes of its pixels, what stands inside)."""
    inside = "".join(
        f'<Image ID="Image:{i}" Name="{name}"><Pixels ID="Pixels:{i}" Type="uint8" SizeX="{WIDTH}" SizeY="{HEIGHT}" '
        f"{sizes}>{within}</Pixels></Image>"
        for i, (name, sizes, within) in enumerate(images)
    )
    root = '<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" UUID="urn:uuid:1">'
    return f"{root}{inside}</OME>"


def imagej(a, b, c):
    ij = {"imagej": True, "compression": "zlib"}
    write = tifffile.imwrite
    write(case("imagej-channels.tif", 1, "a", "channels-joined"), planes(a), **ij, metadata={"axes": "CYX", "mode": "composite"})
    ramp = lambda channel: np.array([np.arange(256) if c == channel else np.zeros(256) for c in range(3)], np.uint8)
    write(
        case("imagej-channels-blue-first.tif", 1, "a", "channels-joined"),
        planes(a)[::-1],
        **ij,
        metadata={"axes": "CYX", "mode": "composite", "LUTs": [ramp(2), ramp(1), ramp(0)]},
    )
    four = np.concatenate([planes(a), planes(b)[:1]])
    write(case("imagej-four-channels.tif", error="error-tiff-channels"), four, **ij, metadata={"axes": "CYX"})
    write(case("imagej-two-channels.tif", error="error-tiff-channels"), planes(a)[:2], **ij, metadata={"axes": "CYX"})
    focus = np.stack([blurred(a, 2), blurred(a, 1), a, blurred(a, 1)])
    write(case("imagej-depths.tif", 1, "a", "sharpest-plane"), focus, **ij, photometric="rgb", metadata={"axes": "ZYXS", "hyperstack": True})
    write(
        case("imagej-depths-spaced.tif", 1, "a", "sharpest-plane"), focus, **ij, photometric="rgb", metadata={"axes": "ZYXS", "spacing": 0.5, "hyperstack": False}
    )
    apart = np.stack([planes(plane) for plane in focus])
    write(case("imagej-depths-channels.tif", 1, "a", "channels-joined sharpest-plane"), apart, **ij, metadata={"axes": "ZCYX"})
    times = np.stack([a, b, c])
    write(case("imagej-times.tif", 3, "a"), times, **ij, photometric="rgb", metadata={"axes": "TYXS"})
    times_channels = np.stack([planes(a), planes(b)])
    write(case("imagej-times-channels.tif", 2, "a", "channels-joined"), times_channels, **ij, metadata={"axes": "TCYX"})
    # Three photographs that somebody piled up: ImageJ calls them slices.
    pile = "ImageJ=1.53t\nimages=3\nslices=3\nloop=false\n"
    pages(case("imagej-pile.tif", 3, "a"), [(a, {"description": pile}), (b, {}), (c, {})])
    behind = "ImageJ=1.53t\nimages=3\nslices=3\nhyperstack=true\n"
    pages(case("imagej-one-page-for-three.tif", error="error-tiff-planes-behind"), [(a, {"description": behind})])
    lies = "ImageJ=1.53t\nimages=4\nchannels=2\nslices=2\nhyperstack=true\n"
    pages(case("imagej-does-not-fit.tif", error="error-tiff-does-not-fit"), [(a, {"description": lies}), (b, {}), (c, {})])
    latin = "ImageJ=1.53t\nunit=\u00b5m\n".encode("latin-1")
    pages(case("imagej-latin-1.tif", 1, "a", scale="0.1"), [(a, {"description": latin, "resolution": (10, 10), "resolutionunit": 1})])


def ome_tiff(a, b, c):
    channel = '<Channel ID="Channel:0:{}" SamplesPerPixel="1"{}/>'
    grey = [(plane, {}) for plane in planes(a)]
    three = "".join(channel.format(i, "") for i in range(3)) + "<TiffData/>"
    told = lambda pictures, text: [(p, {"description": text} if i == 0 else {}) for i, (p, _) in enumerate(pictures)]
    xml = ome([("field", 'SizeC="3" SizeZ="1" SizeT="1" DimensionOrder="XYCZT"', three)])
    pages(case("ome-channels.tif", 1, "a", "channels-joined"), told(grey, xml))
    # Blue, green, red by their colours, each numbered.
    coloured = "".join(channel.format(i, f' Color="{colour}"') for i, colour in enumerate((65535, 16711935, -16776961)))
    numbered = "".join(f'<TiffData IFD="{2 - i}" FirstC="{2 - i}" PlaneCount="1"/>' for i in range(3))
    xml = ome([("field", 'SizeC="3" SizeZ="1" SizeT="1" DimensionOrder="XYZTC"', coloured + numbered)])
    pages(case("ome-channels-blue-first.tif", 1, "a", "channels-joined"), told(grey[::-1], xml))
    rgb = '<Channel ID="Channel:0:0" SamplesPerPixel="3"/>'
    focus = [(blurred(a, 1), {}), (a, {}), (blurred(a, 2), {})]
    xml = ome([("field", 'SizeC="3" SizeZ="3" SizeT="1" DimensionOrder="XYCZT" PhysicalSizeX="0.1" PhysicalSizeY="0.1"', rgb + "<TiffData/>")])
    pages(case("ome-depths.tif", 1, "a", "sharpest-plane", "0.1"), told(focus, xml))
    xml = ome([("field", 'SizeC="3" SizeZ="1" SizeT="3" DimensionOrder="XYCZT"', rgb + "<TiffData/>")])
    pages(case("ome-times.tif", 3, "a"), told([(a, {}), (b, {}), (c, {})], xml))
    # Times outside depths: two fields of three planes, the sharpest at another place in each.
    focus = [(a, {}), (blurred(a, 1), {}), (blurred(a, 2), {}), (blurred(b, 1), {}), (blurred(b, 2), {}), (b, {})]
    xml = ome([("field", 'SizeC="3" SizeZ="3" SizeT="2" DimensionOrder="XYCZT"', rgb + "<TiffData/>")])
    pages(case("ome-depths-times.tif", 2, "a", "sharpest-plane"), told(focus, xml))
    two = lambda ifd: rgb + f'<TiffData IFD="{ifd}" PlaneCount="1"/>'
    sizes = 'SizeC="3" SizeZ="1" SizeT="1" DimensionOrder="XYCZT"'
    xml = ome([("field", sizes, two(0)), ("label image", sizes, two(1)), ("macro image", sizes, two(2))])
    pages(case("ome-label-and-macro.tif", 1, "a"), told([(a, {}), (b, {}), (c, {})], xml))
    elsewhere = rgb + '<TiffData IFD="0" FirstZ="0"><UUID FileName="1.tif">urn:uuid:1</UUID></TiffData>'
    elsewhere += '<TiffData IFD="0" FirstZ="1"><UUID FileName="2.tif">urn:uuid:2</UUID></TiffData>'
    xml = ome([("field", 'SizeC="3" SizeZ="2" SizeT="1" DimensionOrder="XYCZT"', elsewhere)])
    pages(case("ome-depths-in-other-files.tif", error="error-tiff-does-not-fit"), told([(a, {})], xml))
    xml = ome([("field", 'SizeC="3" SizeZ="1" SizeT="2" DimensionOrder="XYCZT"', elsewhere.replace("FirstZ", "FirstT"))])
    pages(case("ome-times-in-other-files.tif", 1, "a"), told([(a, {})], xml))
    pages(case("ome-broken.tif", error="error-tiff-description"), told([(a, {}), (b, {})], "<OME><Image"))
    # As Bio-Formats and QuPath write pyramids: levels behind the page.
    with tifffile.TiffWriter(case("ome-pyramid.tif", 1, "a"), ome=True) as tif:
        tif.write(a, photometric="rgb", subifds=1, compression="zlib", metadata={"axes": "YXS"})
        tif.write(half(a), photometric="rgb", subfiletype=1, compression="zlib", metadata=None)


def programs(a, b, c):
    write = tifffile.imwrite
    focus = np.stack([blurred(a, 2), a, blurred(a, 1)])
    write(case("tifffile-depths.tif", 1, "a", "sharpest-plane"), focus, photometric="rgb", compression="zlib", metadata={"axes": "ZYXS"})
    write(case("tifffile-fields.tif", 3, "a"), np.stack([a, b, c]), photometric="rgb", compression="zlib")
    write(case("tifffile-channels.tif", 1, "a", "channels-joined"), planes(a), photometric="minisblack", compression="zlib", metadata={"axes": "CYX"})
    text = '{"shape": [3, 36, 48, 3]}'
    pages(case("tifffile-one-page-for-three.tif", error="error-tiff-planes-behind"), [(a, {"description": text})])
    stk = [(33628, 4, 1, 0, True), (33629, 5, 3, (0, 1, 0, 1, 0, 1), True)]
    pages(case("metamorph-stack.stk.tif", error="error-tiff-planes-behind"), [(a, {"extratags": stk})])
    one = [(33629, 5, 1, (0, 1), True)]
    pages(case("metamorph-single.tif", 1, "a"), [(a, {"extratags": one})])
    lsm = lambda depths, channels, times: [(34412, 1, 64, struct.pack("<Iiiiiii", 0x400494C, 64, WIDTH, HEIGHT, depths, channels, times).ljust(64, b"\0"), True)]
    stack = [(blurred(a, 1), {"extratags": lsm(2, 3, 1)}), (half(a), {"subfiletype": 1}), (a, {}), (half(a), {"subfiletype": 1})]
    pages(case("zeiss-depths.lsm.tif", 1, "a", "sharpest-plane"), stack)
    pages(case("zeiss-two-channels.lsm.tif", error="error-tiff-channels"), [(a, {"extratags": lsm(1, 2, 1)})])
    fluoview = [(34361, 1, 8, b"\0" * 8, True)]
    pages(case("fluoview-stack.tif", error="error-tiff-program"), [(a, {"extratags": fluoview}), (b, {})])

    tiled = {"tile": (16, 16)}
    aperio = "Aperio Image Library v11.2.1 \r\n48x36 [0,0 48x36] (16x16) JPEG/RGB Q=70|AppMag = 100|MPP = 0.101"
    slide = [(a, {**tiled, "description": aperio}), (half(a), {"description": aperio}), (half(a), tiled)]
    slide += [(b, {"subfiletype": 1, "description": "Aperio Image Library v11.2.1 \r\nlabel 48x36"}), (c, {"subfiletype": 9, "description": "Aperio\r\nmacro 48x36"})]
    pages(case("aperio.svs.tif", 1, "a", "pages-left-out", "0.101"), slide)
    lens = lambda value: {"extratags": [(65421, 11, 1, value, True)]}
    pages(case("hamamatsu.ndpi.tif", 1, "a", "pages-left-out"), [(half(a), lens(20.0)), (a, lens(40.0)), (b, lens(-1.0)), (c[:20], lens(-2.0))])
    pages(case("hamamatsu-depths.ndpi.tif", 1, "a", "sharpest-plane pages-left-out"), [(blurred(a, 1), lens(40.0)), (a, lens(40.0)), (b, lens(-1.0))])
    philips = '<?xml version="1.0"?><DataObject ObjectType="DPUfsImport"></DataObject>'
    pages(case("philips.tif", 1, "a", "pages-left-out"), [(a, {**tiled, "description": philips}), (half(a), tiled), (b, {"description": "Label"})])
    pages(case("leica.scn.tif", error="error-tiff-program"), [(a, {"description": '<scn xmlns="http://www.leica-microsystems.com/scn/2010/10/01"/>'}), (b, {})])
    pages(case("ventana.bif.tif", error="error-tiff-program"), [(a, {"extratags": [(700, 1, 16, b"<iScan Mag='40'/>"[:16], True)]}), (b, {})])
    pages(case("trestle.tif", error="error-tiff-program"), [(a, {"software": "MedScan"}), (half(a), {})])
    pages(case("pyramid-unmarked.tif", 1, "a", "pages-left-out"), [(a, tiled), (half(a), tiled), (half(a)[: HEIGHT // 4, : WIDTH // 4], tiled)])
    pages(case("pyramid-marked.tif", 1, "a"), [(a, {}), (half(a), {"subfiletype": 1})])
    page_name = lambda text: {"extratags": [(285, 2, len(text) + 1, text, True)]}
    pages(case("label-by-name.tif", 1, "a", "pages-left-out"), [(a, {}), (b, page_name("Label")), (c, page_name("macro image"))])
    pages(case("only-page-is-a-copy.tif", 1, "a"), [(a, {"subfiletype": 1})])
    pages(case("fields.tif", 3, "a"), [(a, {}), (b, {}), (c, {})])
    pages(case("fields-big.tif", 3, "a"), [(a, {}), (b, {}), (c, {})], bigtiff=True)
    pages(case("fields-motorola.tif", 3, "a"), [(a, {}), (b, {}), (c, {})], byteorder=">")
    with tifffile.TiffWriter(case("behind-a-thumbnail.tif", 1, "a")) as tif:
        tif.write(half(a), photometric="rgb", subifds=1, subfiletype=1, metadata=None, compression="zlib")
        tif.write(a, photometric="rgb", metadata=None, compression="zlib")
    with tifffile.TiffWriter(case("two-behind-one.tif", 3, "a")) as tif:
        tif.write(a, photometric="rgb", subifds=2, metadata=None, compression="zlib")
        tif.write(b, photometric="rgb", metadata=None, compression="zlib")
        tif.write(c, photometric="rgb", metadata=None, compression="zlib")


def raw(a):
    pages(case("phone.dng.tif", error="error-camera-raw"), [(half(a), {"subfiletype": 1, "extratags": [(50706, 1, 4, b"\1\4\0\0", True)]})])
    pages(case("camera.nef.tif", error="error-camera-raw"), [(a[:, :, 0], {"photometric": 32803})])
    for name, bytes_ in {
        "camera.cr2": b"II\x2a\0\x10\0\0\0CR\x02\0" + bytes(20),
        "camera.rw2": b"IIU\0\x18\0\0\0" + bytes(24),
        "camera.orf": b"IIRO\x08\0\0\0" + bytes(24),
        "camera.raf": b"FUJIFILMCCD-RAW 0201" + bytes(24),
        "camera.cr3": b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom" + bytes(8),
    }.items():
        case(name, error="error-camera-raw").write_bytes(bytes_)
    for name, bytes_ in {
        "slide.czi": b"ZISRAWFILE" + bytes(40),
        "scan.dcm": bytes(128) + b"DICM" + bytes(20),
        "field.nd2": b"\xda\xce\xbe\x0a" + bytes(40),
    }.items():
        case(name, error="error-picture-unsupported").write_bytes(bytes_)


def depth(a):
    deep = a.astype(np.float64) / 255
    rgb = {"photometric": "rgb"}
    stretched = "deeper-than-eight-bits range-stretched"
    for bits in (8, 10, 11, 12, 14):
        page = np.round(deep * (2**bits - 1)).astype(np.uint16)
        pages(case(f"bits-{bits}-in-16.tif", 1, "a", stretched), [(page, rgb)])
    pages(case("bits-16.tif", 1, "a", "deeper-than-eight-bits"), [(np.round(deep * 65535).astype(np.uint16), rgb)])
    pages(case("bits-12-in-32.tif", 1, "a", stretched), [(np.round(deep * 4095).astype(np.uint32), rgb)])
    pages(case("float-1.tif", 1, "a", "deeper-than-eight-bits"), [(deep.astype(np.float32), rgb)])
    pages(case("float-255.tif", 1, "a", stretched), [(a.astype(np.float32), rgb)])
    pages(case("float-12-bits.tif", 1, "a", stretched), [((deep * 4095).astype(np.float64), rgb)])
    twelve = np.round(planes(deep) * 4095).astype(np.uint16)
    tifffile.imwrite(
        case("imagej-channels-12-bits.tif", 1, "a", f"{stretched} channels-joined"), twelve, imagej=True, metadata={"axes": "CYX", "mode": "composite"}
    )

    opaque = lambda value: np.dstack([a, np.full((HEIGHT, WIDTH), value, np.uint8)])
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    inside = (x - WIDTH / 2) ** 2 + (y - HEIGHT / 2) ** 2 < 15**2
    disc = np.dstack([a, np.where(inside, 255, 0).astype(np.uint8)])
    Image.fromarray(np.where(inside[:, :, None], a, 0).astype(np.uint8)).save(HERE / "disc.png", optimize=True)
    extra = {"photometric": "rgb", "extrasamples": ["unassalpha"]}
    for value in (0, 120, 255):
        pages(case(f"opacity-{value}.tif", 1, "a", "opacity-ignored"), [(opaque(value), extra)])
        Image.fromarray(opaque(value)).save(case(f"opacity-{value}.png", 1, "a", "opacity-ignored"))
    pages(case("transparent-outside.tif", 1, "disc", "transparent-left-out"), [(disc, extra)])
    apart = np.moveaxis(disc, -1, 0)
    pages(case("transparent-outside-planes.tif", 1, "disc", "transparent-left-out"), [(apart, {**extra, "planarconfig": "separate"})])
    Image.fromarray(disc).save(case("transparent-outside.png", 1, "disc", "transparent-left-out"))

    few = Image.fromarray(a).quantize(16)
    few.convert("RGB").save(HERE / "few.png", optimize=True)
    few.save(case("palette.png", 1, "few", "few-colours"))
    few.save(case("palette.bmp", 1, "few", "few-colours"))
    path = case("reserved-fields.bmp", 1, "a")
    Image.fromarray(a).save(path)
    written = bytearray(path.read_bytes())
    written[6:10] = b"\x01\x02\x03\x04"
    path.write_bytes(written)


def tiles(a):
    """Tiles that reach over the right edge and the lower one."""
    over = {"photometric": "rgb", "tile": (32, 32)}
    for name in ("deflate", "lzw", "packbits"):
        pages(case(f"tiles-{name}.tif", 1, "a"), [(a, {**over, "compression": name})])
    lzw = {**over, "compression": "lzw"}
    pages(case("tiles-lzw-motorola.tif", 1, "a"), [(a, lzw)], byteorder=">")
    pages(case("tiles-lzw-big.tif", 1, "a"), [(a, lzw)], bigtiff=True)
    pages(case("tiles-lzw-predicted.tif", 1, "a"), [(a, {**lzw, "predictor": True})])
    pages(case("tiles-lzw-planes.tif", 1, "a"), [(planes(a), {**lzw, "planarconfig": "separate"})])
    deep = np.round(a / 255 * 65535).astype(np.uint16)
    pages(case("tiles-lzw-16-bits.tif", 1, "a", "deeper-than-eight-bits"), [(deep, {**lzw, "predictor": True})])
    opaque = np.dstack([a, np.full((HEIGHT, WIDTH), 255, np.uint8)])
    pages(case("tiles-lzw-opacity.tif", 1, "a", "opacity-ignored"), [(opaque, {**lzw, "extrasamples": ["unassalpha"]})])


def main():
    for old in HERE.iterdir():
        if old.suffix != ".py":
            old.unlink()
    a, b, c = drawn(1, 300, 220), drawn(1, 500, 300), drawn(1, 200, 400)
    Image.fromarray(a).save(HERE / "a.png", optimize=True)
    imagej(a, b, c)
    ome_tiff(a, b, c)
    programs(a, b, c)
    raw(a)
    depth(a)
    tiles(a)
    put("file", ROWS)


if __name__ == "__main__":
    main()
