"""The picture files of scripts/fidelity.py, made by Pillow and OpenCV."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo


def _flat(mode: str) -> Image.Image:
    ramp = Image.linear_gradient("L").resize((64, 48))
    return Image.merge("RGB", (ramp, ramp.rotate(180), ramp)).convert(mode)


def _pillow(mode: str, **extra: Any) -> Callable[[Path], None]:
    return lambda path: _flat(mode).save(path, **extra)


def _sixteen_bits(path: Path) -> None:
    Image.fromarray(np.asarray(_flat("L"), np.uint16) * 257).save(path)


def _described_sixteen_bits(path: Path) -> None:
    tags = {0x010F: "Nikon", 33723: _IPTC, 34675: b"profile" * 40, 700: _XMP}
    Image.fromarray(np.asarray(_flat("L"), np.uint16) * 257).save(path, tiffinfo=tags, dpi=(300, 300))


def _floats(path: Path) -> None:
    Image.fromarray(np.asarray(_flat("L"), np.float32) / 255).save(path)


def translucent(mode: str, **extra: Any) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        picture = _flat("RGB").convert(mode)
        picture.putalpha(Image.linear_gradient("L").resize((64, 48)))
        picture.save(path, **extra)
    return write


def _several(**extra: Any) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        _flat("RGB").save(path, save_all=True, append_images=[_flat("RGB").rotate(180)], **extra)
    return write


def _animated_png(path: Path) -> None:
    """Two pictures, the second half transparent."""
    pictures = [_flat("RGBA"), _flat("RGBA").rotate(180)]
    pictures[1].putalpha(128)
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=[40, 120], loop=3)


def _animated_png_with_stand_in(path: Path) -> None:
    """One picture for programs without animation, and two that move."""
    _flat("RGB").save(path, save_all=True, append_images=[_flat("RGB"), _flat("RGB").rotate(180)], duration=[40, 120], loop=3,
                      default_image=True)


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x010F], made[0x0110], made[0x0112], made[0x0132] = "Nikon", "D99", orientation, "2024:05:06 07:08:09"
    return made


def _texts() -> PngInfo:
    info = PngInfo()
    info.add_text("Title", "Der Weg")
    info.add_itxt("Comment", "im Nebel ✓")
    return info


_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
_IPTC = b"\x1c\x02\x69\x00\x05Nebel"
_APP13 = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0a" + _IPTC
PICTURES: tuple[tuple[str, str, Callable[[Path], None]], ...] = (
    ("rgb", "png", _pillow("RGB")), ("grey", "png", _pillow("L")), ("16 bits grey", "png", _sixteen_bits),
    ("palette", "png", _pillow("P")), ("1 bit", "png", _pillow("1")), ("rgba", "png", translucent("RGBA")),
    ("grey with alpha", "png", translucent("LA")), ("texts", "png", _pillow("RGB", pnginfo=_texts())),
    ("exif, dpi, icc", "png", _pillow("RGB", exif=exif(), dpi=(300, 300), icc_profile=b"profile" * 40)),
    ("rgb", "jpg", _pillow("RGB", quality=95)), ("grey", "jpg", _pillow("L")), ("cmyk", "jpg", _pillow("CMYK")),
    ("exif", "jpg", _pillow("RGB", exif=exif())), ("xmp", "jpg", _pillow("RGB", xmp=_XMP)),
    ("dpi and comment", "jpg", _pillow("RGB", dpi=(240, 240), comment=b"im Nebel")),
    ("icc", "jpg", _pillow("RGB", icc_profile=b"profile" * 40)),
    *((f"orientation {turn}", "jpg", _pillow("RGB", exif=exif(turn))) for turn in (2, 3, 6, 8)),
    ("iptc", "jpg", _pillow("RGB", extra=b"\xff\xed\x00" + bytes([len(_APP13) + 2]) + _APP13)),
    ("16 bits, exif, icc, iptc", "tif", _described_sixteen_bits),
    ("rgb", "tif", _pillow("RGB")), ("lzw", "tif", _pillow("RGB", compression="tiff_lzw")),
    ("16 bits grey", "tif", _sixteen_bits), ("float", "tif", _floats),
    ("several pages", "tif", _several()), ("rgba and dpi", "tif", translucent("RGBA", dpi=(300, 300))),
    ("lossless", "webp", _pillow("RGB", lossless=True)), ("lossy", "webp", _pillow("RGB", quality=90)),
    ("rgba", "webp", translucent("RGBA", lossless=True)), ("exif and xmp", "webp", _pillow("RGB", exif=exif(), xmp=_XMP)),
    ("animated", "webp", _several(lossless=True, duration=[40, 120], loop=3)),
    ("animated", "png", _animated_png), ("animated with a stand-in", "png", _animated_png_with_stand_in),
    ("animated", "gif", _several(duration=[40, 120], loop=3)), ("rgb", "bmp", _pillow("RGB")), ("grey", "pgm", _pillow("L")),
    ("rgb", "ppm", _pillow("RGB")),
)
