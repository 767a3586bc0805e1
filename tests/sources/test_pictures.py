"""Picture files in and out: orientation, depth, descriptions, order, damage."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from dehazer.config import EncodeOptions
from dehazer.errors import DamagedInputError, InputError, NoVideoError
from dehazer.files.pictures import iptc_of, natural_key
from dehazer.sources import open_source
from dehazer.sources.images import FolderSource, ImageSource
from tests.sinks.passing import passed

RNG = np.random.default_rng(5)
PIXELS = RNG.integers(0, 256, (30, 40, 3)).astype(np.uint8)


def read(path: Path) -> np.ndarray:
    with ImageSource(path) as source:
        (frame,) = list(source)
        return frame.planes[0]


@pytest.mark.parametrize("ending", ["png", "bmp", "tif", "tiff"])
def test_lossless_pictures_come_exactly(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"Bild mit Leerzeichen.{ending}"
    Image.fromarray(PIXELS).save(path)
    assert np.array_equal(read(path), PIXELS)


@pytest.mark.parametrize("ending", ["jpg", "webp", "JPEG"])
def test_lossy_pictures_come_close(tmp_path: Path, ending: str) -> None:
    smooth = cv2.resize(PIXELS[:4, :4], (40, 30), interpolation=cv2.INTER_CUBIC)
    path = tmp_path / f"x.{ending}"
    Image.fromarray(smooth).save(path, quality=95)
    assert np.abs(read(path).astype(int) - smooth).mean() < 4


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("ending", ["png", "tif"])
def test_sixteen_bits_stay_sixteen_bits(tmp_path: Path, ending: str, channels: int) -> None:
    deep = RNG.integers(0, 65536, (20, 24, channels)).astype(np.uint16)
    cv2.imwrite(str(tmp_path / f"in.{ending}"), deep[..., 0] if channels == 1 else deep)
    assert passed(tmp_path / f"in.{ending}", tmp_path / f"out.{ending}").warnings == ()
    before, after = (cv2.imread(str(tmp_path / f"{name}.{ending}"), cv2.IMREAD_UNCHANGED) for name in ("in", "out"))
    assert after.dtype == np.uint16
    assert np.array_equal(before, after)
    warnings = passed(tmp_path / f"in.{ending}", tmp_path / "out.jpg").warnings
    assert any("8 bits" in w for w in warnings)
    with Image.open(tmp_path / "out.jpg") as shown:
        assert shown.size == (24, 20)


def test_a_deep_picture_keeps_its_descriptions_and_stands_upright(tmp_path: Path) -> None:
    deep = RNG.integers(0, 65536, (20, 24, 3)).astype(np.uint16)
    source = write_deep_png(tmp_path / "in.png", deep)
    passed(source, tmp_path / "out.png")
    assert np.array_equal(cv2.imread(str(tmp_path / "out.png"), cv2.IMREAD_UNCHANGED), np.rot90(deep, 3))
    with Image.open(tmp_path / "out.png") as out:
        assert out.getexif()[0x010F] == "Nebelkamera"
        assert out.getexif().get(0x0112, 1) == 1
        assert round(out.info["dpi"][0]) == 300


def write_deep_png(path: Path, deep: np.ndarray) -> Path:
    """A PNG of 16 bits (B first) that is to be turned, with EXIF and a resolution."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Nebelkamera"
    memory = io.BytesIO()
    Image.new("RGB", (1, 1)).save(memory, "PNG", exif=exif, dpi=(300, 300))
    data = memory.getvalue()
    blocks = data[33:data.index(b"IDAT") - 4]
    plain = cv2.imencode(".png", deep)[1].tobytes()
    path.write_bytes(plain[:33] + blocks + plain[33:])
    return path


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright_and_are_not_turned_twice(tmp_path: Path, orientation: int) -> None:
    upright = cv2.resize(PIXELS[:3, :4], (40, 30), interpolation=cv2.INTER_NEAREST)
    stored = Image.fromarray(upright)
    turn = Image.Transpose
    turns = {2: turn.FLIP_LEFT_RIGHT, 3: turn.ROTATE_180, 4: turn.FLIP_TOP_BOTTOM, 5: turn.TRANSPOSE, 6: turn.ROTATE_90,
             7: turn.TRANSVERSE, 8: turn.ROTATE_270}
    if orientation in turns:
        stored = stored.transpose(turns[orientation])
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Nebelkamera"
    stored.save(tmp_path / "in.png", exif=exif)
    assert np.array_equal(read(tmp_path / "in.png"), upright)
    passed(tmp_path / "in.png", tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as out:
        assert np.array_equal(np.asarray(out.convert("RGB")), upright)
        assert out.getexif().get(0x0112, 1) == 1
        assert out.getexif()[0x010F] == "Nebelkamera"


@pytest.mark.parametrize("ending", ["png", "jpg", "tif", "webp"])
def test_descriptions_and_profile_are_written_again(tmp_path: Path, ending: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Nebelkamera", "2024:11:05 07:30:00"
    Image.fromarray(PIXELS).save(tmp_path / f"in.{ending}", exif=exif, icc_profile=profile)
    passed(tmp_path / f"in.{ending}", tmp_path / f"out.{ending}")
    with Image.open(tmp_path / f"out.{ending}") as out:
        assert out.info["icc_profile"] == profile
        assert (out.getexif()[0x010F], out.getexif()[0x0132]) == ("Nebelkamera", "2024:11:05 07:30:00")


def tiff(kind: str, path: Path) -> np.ndarray:
    """Write one of many kinds of TIFF; gives its 8-bit pixels."""
    picture = Image.fromarray(PIXELS)
    if kind.startswith("16"):
        shown = PIXELS if kind == "16" else np.repeat(PIXELS[..., :1], 3, axis=2)
        cv2.imwrite(str(path), (shown[..., ::-1] if kind == "16" else shown[..., 0]).astype(np.uint16) * 257)
        return shown
    modes = {"gray": "L", "bits": "1", "alpha": "RGBA"}
    picture = picture.quantize(32) if kind == "palette" else picture.convert(modes.get(kind, "RGB"))
    more = {"lzw": {"compression": "tiff_lzw"}, "pages": {"save_all": True, "append_images": [picture] * 2}}.get(kind, {})
    picture.save(path, dpi=(300, 300), software="Nebelkamera", **more)
    return np.asarray(picture.convert("RGB"))


@pytest.mark.parametrize("kind", ["16", "16 gray", "plain", "lzw", "pages", "palette", "gray", "bits", "alpha"])
@pytest.mark.parametrize("ending", ["tif", "png"])
def test_tiff_files_of_all_kinds_become_readable_files(tmp_path: Path, kind: str, ending: str) -> None:
    """The tags of a TIFF describe its picture, but also how that lies in the file, which is another one now."""
    wanted = tiff(kind, tmp_path / "in.tif")
    passed(tmp_path / "in.tif", tmp_path / f"out.{ending}")
    with Image.open(tmp_path / f"out.{ending}") as out:
        if kind != "16 gray":  # which Pillow shows white
            assert np.array_equal(np.asarray(out.convert("RGB")), wanted)
        if not kind.startswith("16"):
            assert out.getexif()[305] == "Nebelkamera"
            assert round(float(out.getexif()[282])) == 300
    assert np.array_equal(cv2.imread(str(tmp_path / f"out.{ending}"))[..., ::-1], wanted)


@pytest.mark.parametrize(("ending", "lost"), [("png", 0), ("webp", 0), ("jpg", 1), ("bmp", 2)])
def test_what_a_picture_type_cannot_hold_is_said(tmp_path: Path, ending: str, lost: int) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Nebelkamera"
    Image.fromarray(np.dstack([PIXELS, PIXELS[..., 0]])).save(tmp_path / "in.png", exif=exif)
    warnings = passed(tmp_path / "in.png", tmp_path / f"out.{ending}").warnings
    assert len(warnings) == lost
    assert any("transparency" in w for w in warnings) == (lost > 0)
    assert any("transparency" in w for w in passed(tmp_path / "in.png", tmp_path / "out.mp4").warnings)


def test_transparency_and_one_channel_survive(tmp_path: Path) -> None:
    alpha = RNG.integers(0, 256, (30, 40)).astype(np.uint8)
    Image.fromarray(np.dstack([PIXELS, alpha])).save(tmp_path / "a.png")
    Image.fromarray(alpha).save(tmp_path / "g.png")
    for name in ("a", "g"):
        passed(tmp_path / f"{name}.png", tmp_path / f"{name}.out.png")
    with Image.open(tmp_path / "a.out.png") as out:
        assert out.mode == "RGBA"
        assert np.array_equal(np.asarray(out), np.dstack([PIXELS, alpha]))
    with Image.open(tmp_path / "g.out.png") as out:
        assert out.mode == "L"
        assert np.array_equal(np.asarray(out), alpha)


def test_palette_pictures_and_cmyk_are_read(tmp_path: Path) -> None:
    Image.fromarray(PIXELS).quantize(32).save(tmp_path / "p.png")
    Image.fromarray(PIXELS).convert("CMYK").save(tmp_path / "c.jpg", quality=100)
    assert read(tmp_path / "p.png").shape == read(tmp_path / "c.jpg").shape == (30, 40, 3)


def test_a_folder_is_sorted_as_people_count(tmp_path: Path) -> None:
    for name in ("Bild 10.png", "bild 9.PNG", "Bild 2.jpg", "Bild 1b.png", "Bild 1a.png", ".versteckt.png", "notes.txt"):
        (Image.fromarray(PIXELS).save if name.endswith(("png", "jpg", "PNG")) else lambda p: p.write_text("x"))(tmp_path / name)
    with FolderSource(tmp_path) as source:
        order = [f.transfer.path.name for f in source]
        assert source.info.frames == 5
    assert order == ["Bild 1a.png", "Bild 1b.png", "Bild 2.jpg", "bild 9.PNG", "Bild 10.png"]
    assert natural_key(Path("007.png"))[0][1] == 7


def test_pictures_of_different_sizes_keep_theirs(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    sizes = [(30, 40), (20, 25), (33, 17)]
    for number, size in enumerate(sizes):
        Image.fromarray(RNG.integers(0, 256, (*size, 3)).astype(np.uint8)).save(tmp_path / "in" / f"{number}.png")
    result = passed(tmp_path / "in", tmp_path / "out")
    assert (result.frames, result.path) == (3, tmp_path / "out")
    for number, size in enumerate(sizes):
        with Image.open(tmp_path / "in" / f"{number}.png") as one, Image.open(tmp_path / "out" / f"{number}.png") as two:
            assert one.size == two.size == size[::-1]
            assert np.array_equal(np.asarray(one), np.asarray(two))


def test_broken_pictures_are_skipped_and_counted(tmp_path: Path) -> None:
    for number in range(5):
        Image.fromarray(PIXELS).save(tmp_path / f"{number}.png")
    (tmp_path / "0.png").write_bytes(b"\x89PNG nonsense")
    (tmp_path / "3.png").write_bytes((tmp_path / "3.png").read_bytes()[:300])
    with FolderSource(tmp_path) as source:
        assert [f.transfer.path.name for f in source] == ["1.png", "2.png", "4.png"]
        assert source.warnings == ("2 pictures could not be read and were skipped (first: 0.png).",)


def test_what_is_no_picture_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("nothing to see")
    (tmp_path / "leer.png").touch()
    (tmp_path / "halb.png").write_bytes(b"")
    Image.fromarray(PIXELS).save(tmp_path / "halb.png")
    (tmp_path / "halb.png").write_bytes((tmp_path / "halb.png").read_bytes()[:400])
    for name, kind, words in (("text.png", DamagedInputError, "not a picture"), ("leer.png", DamagedInputError, "empty"),
                              ("halb.png", DamagedInputError, "damaged"), ("fehlt.png", InputError, "does not exist")):
        with pytest.raises(kind, match=words) as caught:
            open_source(tmp_path / name)
        assert caught.value.exit_code == 3
    (tmp_path / "leer").mkdir()
    with pytest.raises(NoVideoError, match="no picture in the folder"):
        open_source(tmp_path / "leer")
    (tmp_path / "kaputt").mkdir()
    for number in range(2):
        (tmp_path / "kaputt" / f"{number}.png").write_text("x")
    with pytest.raises(DamagedInputError, match="None of the 2"):
        open_source(tmp_path / "kaputt")


def test_several_pictures_in_one_file_are_mentioned(tmp_path: Path) -> None:
    pages = [Image.fromarray(PIXELS), Image.fromarray(PIXELS[::-1].copy())]
    pages[0].save(tmp_path / "x.tif", save_all=True, append_images=pages[1:])
    with ImageSource(tmp_path / "x.tif") as source:
        assert len(list(source)) == 1
        assert any("holds 2 pictures" in w for w in source.warnings)


def test_png_text_does_not_disturb(tmp_path: Path) -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "Nebel")
    Image.fromarray(PIXELS).save(tmp_path / "x.png", pnginfo=text)
    assert np.array_equal(read(tmp_path / "x.png"), PIXELS)


def test_a_film_into_pictures_and_back(tmp_path: Path) -> None:
    from tests.media import Film, times_of, write_film

    source = write_film(tmp_path / "in.mp4", Film(frames=6))
    result = passed(source, tmp_path / "Bilder")
    assert sorted(p.name for p in result.path.iterdir()) == [f"{k:06d}.png" for k in range(1, 7)]
    result = passed(tmp_path / "Bilder", tmp_path / "out.mp4")
    assert any("yuv420p" in w for w in result.warnings)
    assert len(times_of(tmp_path / "out.mp4")) == 6


def test_a_filled_folder_takes_more_only_with_permission(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    Image.fromarray(PIXELS).save(tmp_path / "in" / "1.png")
    (tmp_path / "out" / "kept.txt").write_text("x")
    passed(tmp_path / "in", tmp_path / "out", **{"overwrite": True})
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["1.png", "kept.txt"]
    assert EncodeOptions().overwrite is False


@pytest.mark.parametrize("ending", ["png", "jpg", "webp"])
def test_xmp_resolution_comments_and_texts_are_written_again(tmp_path: Path, ending: str) -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">fog</x:xmpmeta>'
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "somebody")
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    more = {"png": {"pnginfo": text, "dpi": (300, 300)}, "jpg": {"xmp": xmp, "dpi": (300, 300), "comment": b"in fog"},
            "webp": {"xmp": xmp}}[ending]
    Image.fromarray(PIXELS).save(tmp_path / f"in.{ending}", **more)
    passed(tmp_path / f"in.{ending}", tmp_path / f"out.{ending}")
    with Image.open(tmp_path / f"in.{ending}") as one, Image.open(tmp_path / f"out.{ending}") as two:
        for name in ("xmp", "comment", "dpi", "Author"):
            assert two.info.get(name) == one.info.get(name), name
        assert two.info["xmp"]


@pytest.mark.parametrize("ending", ["pgm", "ppm"])
def test_portable_maps_come_back_byte_for_byte(tmp_path: Path, ending: str) -> None:
    Image.fromarray(PIXELS if ending == "ppm" else PIXELS[..., 0]).save(tmp_path / f"in.{ending}")
    passed(tmp_path / f"in.{ending}", tmp_path / f"out.{ending}")
    assert (tmp_path / f"out.{ending}").read_bytes() == (tmp_path / f"in.{ending}").read_bytes()


def test_floating_point_and_cmyk_are_read_and_mentioned(tmp_path: Path) -> None:
    Image.fromarray((PIXELS[..., 0] / 255).astype(np.float32)).save(tmp_path / "f.tif")
    Image.fromarray(PIXELS).convert("CMYK").save(tmp_path / "c.tif")
    for name, words in (("f", "Floating point"), ("c", "CMYK")):
        with ImageSource(tmp_path / f"{name}.tif") as source:
            assert any(words in w for w in source.warnings)
    assert np.array_equal(read(tmp_path / "f.tif")[..., 0], PIXELS[..., 0])


IPTC = b"\x1c\x02\x00\x00\x02\x00\x04\x1c\x02\x69\x00\x05Nebel\x1c\x02\x50\x00\x04Mayr"
APP13 = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00" + bytes([len(IPTC)]) + IPTC + b"\x00" * (len(IPTC) % 2)


def write_iptc_jpeg(path: Path) -> None:
    Image.fromarray(PIXELS).save(path, extra=b"\xff\xed\x00" + bytes([len(APP13) + 2]) + APP13)


@pytest.mark.parametrize("ending", ["jpg", "tif"])
def test_iptc_records_of_a_jpeg_are_kept(tmp_path: Path, ending: str) -> None:
    write_iptc_jpeg(tmp_path / "in.jpg")
    assert passed(tmp_path / "in.jpg", tmp_path / f"out.{ending}").warnings == ()
    with Image.open(tmp_path / f"out.{ending}") as out:
        assert iptc_of(out) == IPTC
    passed(tmp_path / f"out.{ending}", tmp_path / "again.jpg")
    with Image.open(tmp_path / "again.jpg") as again:
        assert iptc_of(again) == IPTC
    assert any("IPTC" in warning for warning in passed(tmp_path / "in.jpg", tmp_path / "out.bmp").warnings)


def test_a_tiff_of_sixteen_bits_keeps_everything_that_describes_it(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tags, xmp = {0x010F: "Nebelkamera", 700: b"<x:xmpmeta/>", 33723: IPTC, 34675: profile}, b"<x:xmpmeta/>"
    deep = RNG.integers(0, 65536, (20, 24)).astype(np.uint16)
    Image.fromarray(deep).save(tmp_path / "in.tif", tiffinfo=tags, dpi=(300, 300))
    assert passed(tmp_path / "in.tif", tmp_path / "out.tif").warnings == ()
    assert np.array_equal(cv2.imread(str(tmp_path / "out.tif"), cv2.IMREAD_UNCHANGED), deep)
    with Image.open(tmp_path / "out.tif") as out:
        assert out.getexif()[0x010F] == "Nebelkamera"
        assert out.info["icc_profile"] == profile
        assert (iptc_of(out), out.info["xmp"]) == (IPTC, xmp)
        assert round(out.info["dpi"][0]) == 300
