"""Video files: what is said of them, exact seeking, foreign pixel formats, unreadable and damaged files."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
import pytest

from dehazer.config import DecodeOptions
from dehazer.errors import DamagedInputError, InputError, NoVideoError, UsageError
from dehazer.sources import open_source
from dehazer.sources._plane_converter import Converter
from dehazer.sources.file import FileSource
from tests.media import Film, Sound, plane_of, planes_of, stamps_of, tone, write_film


def test_info_tells_everything_the_file_says(tmp_path: Path) -> None:
    film = Film(rate=Fraction(30000, 1001), time_base=Fraction(1, 30000), frames=30, rotation=90, aspect=Fraction(4, 3),
                color=(1, 1, 1, 1))
    with FileSource(write_film(tmp_path / "Größe und Form.mp4", film)) as source:
        info = source.info
    assert (info.width, info.height, info.format.name, info.frames) == (64, 48, "yuv420p", 30)
    assert (info.time_base, info.rate, info.rotation, info.sample_aspect) == (Fraction(1, 30000), film.rate, 90.0, Fraction(4, 3))
    assert info.duration == pytest.approx(30 * 1001 / 30000, abs=0.001)
    assert (info.color.matrix, info.color.range, info.color.primaries, info.color.transfer) == (1, 1, 1, 1)
    assert "Größe und Form.mp4" in info.name


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts", "avi", "nut"])
def test_planes_and_times_are_the_stream_s_own(tmp_path: Path, ending: str) -> None:
    path = write_film(tmp_path / f"in.{ending}", Film(options={"bf": "0"} if ending == "avi" else {}))
    with FileSource(path) as source:
        frames = list(source)
    wanted = planes_of(path)
    assert len(frames) == len(wanted) == 20
    for frame, planes in zip(frames, wanted, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(frame.planes, planes, strict=True))
    if ending != "avi":  # AVI has no times of its own: see below
        assert (frames[0].time_base, [f.pts for f in frames]) == stamps_of(path)


def test_avi_with_b_frames_gets_even_times_from_zero(tmp_path: Path) -> None:
    path = write_film(tmp_path / "in.avi", Film(options={"bf": "3", "preset": "medium"}, frames=40))
    with FileSource(path) as source:
        assert [f.pts for f in source] == list(range(40))


SEARCHED = [("mp4", 12), ("mp4", 250), ("mkv", 12), ("ts", 12), ("ts", 250), ("avi", 12), ("nut", 12)]


@pytest.mark.parametrize(("ending", "gop"), SEARCHED)
def test_seek_is_exact_in_every_container(tmp_path: Path, ending: str, gop: int) -> None:
    options = {"g": str(gop), "bf": "2", "preset": "medium", "keyint_min": "1"}
    path = write_film(tmp_path / f"in.{ending}", Film(frames=60, options=options))
    with FileSource(path) as source:
        frames = list(source)
        for index in random.Random(3).sample(range(60), 12):
            source.seek(index / 25 + 0.013)
            again = next(iter(source))
            assert again.pts == frames[index].pts
            assert np.array_equal(again.planes[0], frames[index].planes[0])


def test_seek_holds_across_a_long_gap(tmp_path: Path) -> None:
    path = write_film(tmp_path / "in.mkv", Film(times=(0, 40, 80, 30000, 30040), frames=5, time_base=Fraction(1, 1000)))
    with FileSource(path) as source:
        for seconds, shown in ((15.0, 80), (0.06, 40), (30.0, 30000), (29.9, 80), (99.0, 30040)):
            source.seek(seconds)
            assert next(iter(source)).pts == shown


@pytest.mark.parametrize("pix_fmt", ["bgr0", "yuva420p", "yuv420p9le", "gbrp10le", "gray16le", "yuv420p16le"])
def test_foreign_pixel_formats_are_converted_and_said(tmp_path: Path, pix_fmt: str) -> None:
    path = write_film(tmp_path / "in.mkv", Film(codec="ffv1", pix_fmt=pix_fmt, frames=3, width=50, height=34))
    with FileSource(path) as source:
        known = pix_fmt in ("gbrp10le", "yuva420p")  # whose transparency is carried beside the planes
        assert bool(source.warnings) == (not known)  # before the first frame
        frames = list(source)
        assert source.warnings == (() if known else (source.warnings[0],))
        assert known or pix_fmt in source.warnings[0]
    assert len(frames) == 3
    assert all(f.format == source.info.format for f in frames)


@pytest.mark.parametrize("pix_fmt", ["nv12", "yuyv422", "uyvy422", "bgr0"])
def test_rearranged_samples_are_all_kept(tmp_path: Path, pix_fmt: str) -> None:
    codec = "ffv1" if pix_fmt == "bgr0" else "rawvideo"
    path = write_film(tmp_path / "in.mkv", Film(codec=codec, pix_fmt=pix_fmt, frames=2, smooth=False))
    with FileSource(path) as source, av.open(str(path)) as file:
        for frame, raw in zip(source, file.decode(video=0), strict=True):
            assert raw.format.name == pix_fmt
            planes = [plane_of(p, raw) for p in raw.planes]
            assert all(np.array_equal(a, b) for a, b in zip(frame.planes, unpacked(pix_fmt, planes), strict=True))
        assert "every sample is kept" in source.warnings[0]


def unpacked(pix_fmt: str, planes: list[np.ndarray]) -> list[np.ndarray]:
    """The same samples, one plane per component, by hand."""
    if pix_fmt == "nv12":
        return [planes[0], planes[1][:, 0::2], planes[1][:, 1::2]]
    if pix_fmt == "bgr0":
        return [planes[0].reshape(48, 64, 4)[..., 2::-1]]
    luma = 0 if pix_fmt == "yuyv422" else 1
    return [planes[0][:, luma::2], planes[0][:, 1 - luma::4], planes[0][:, 3 - luma::4]]


def test_ten_bits_in_sixteen_are_shifted_not_scaled() -> None:
    raw = av.VideoFrame(64, 48, "p010le")
    codes = [np.random.default_rng(k).integers(0, 1024, (48 >> k, 64)).astype(np.uint16) for k in (0, 1)]
    for plane, code in zip(raw.planes, codes, strict=True):
        np.frombuffer(memoryview(plane), np.uint16).reshape(plane.height, -1)[:, :64] = code << 6
    layout, planes = Converter("test").to_planes(raw)
    assert layout.name == "yuv420p10le"
    assert all(np.array_equal(a, b) for a, b in zip(planes, (codes[0], codes[1][:, 0::2], codes[1][:, 1::2]), strict=True))


def test_no_picture_means_no_video(tmp_path: Path) -> None:
    path = tmp_path / "sound.mka"
    with av.open(str(path), "w", format="matroska") as file:
        stream = file.add_stream("aac", rate=48000, layout="mono")
        for frame in tone(Sound()):
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    with pytest.raises(NoVideoError, match="no video") as caught:
        FileSource(path)
    assert caught.value.exit_code == 3


def test_unreadable_inputs_get_one_sentence_each(tmp_path: Path) -> None:
    empty, text, folder = tmp_path / "leer.mp4", tmp_path / "text.mp4", tmp_path / "Ordner.mp4"
    empty.touch()
    text.write_text("This is not a film.\n" * 50)
    folder.mkdir()
    cases = {tmp_path / "fehlt.mp4": "does not exist", empty: "is empty", text: "not a video", folder: "no picture in the folder"}
    for path, words in cases.items():
        with pytest.raises(InputError, match=words) as caught:
            open_source(path)
        assert str(path) in str(caught.value)
        assert caught.value.exit_code == 3
        assert "Traceback" not in str(caught.value)
        assert str(caught.value).count(".") <= str(path).count(".") + 12


@contextmanager
def without_privileges() -> Iterator[None]:
    """The administrator, who may read everything, is nobody for a while; others stay who they are."""
    administrator = os.geteuid() == 0
    if administrator:
        os.seteuid(65534)
    try:
        yield
    finally:
        if administrator:
            os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_a_file_that_may_not_be_read() -> None:
    with TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        path = write_film(Path(place, "in.mp4"), Film(frames=2))
        path.chmod(0)
        with without_privileges(), pytest.raises(InputError, match="may not be read"):
            FileSource(path)


def test_names_that_look_like_addresses_are_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write_film(tmp_path / "in.mp4", Film(frames=2)).rename(tmp_path / "http:film, 100% ümlaut.mp4")
    with FileSource(Path(path.name)) as source:
        assert len(list(source)) == 2


@pytest.mark.parametrize("share", [0.35, 0.6, 0.9])
@pytest.mark.parametrize("ending", ["mkv", "ts"])
def test_a_truncated_film_gives_what_is_there(tmp_path: Path, ending: str, share: float) -> None:
    path = write_film(tmp_path / f"in.{ending}", Film(frames=60, smooth=False))
    whole = planes_of(path)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with FileSource(path) as source:
        frames = list(source)
    assert 0.5 * share * 60 < len(frames) < 60
    assert ending == "ts" or any("ends early" in w for w in source.warnings)
    good = sum(np.array_equal(f.planes[0], p[0]) for f, p in zip(frames, whole, strict=False))
    assert good >= len(frames) - 6


def test_a_truncated_mp4_with_its_index_in_front_gives_what_is_there(tmp_path: Path) -> None:
    path = write_film(tmp_path / "in.mp4", Film(frames=60, smooth=False), movflags="faststart")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with FileSource(path) as source:
        frames = list(source)
        assert 10 < len(frames) < 60
        assert any("ends early" in w and "of 2.4 seconds" in w for w in source.warnings)


def test_a_truncated_mp4_without_index_is_refused(tmp_path: Path) -> None:
    path = write_film(tmp_path / "in.mp4", Film(frames=60))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(DamagedInputError) as caught:
        FileSource(path)
    assert caught.value.exit_code == 3
    assert caught.value.detail


@pytest.mark.parametrize(("ending", "seed"), [("mp4", 1), ("mkv", 2), ("mkv", 3), ("ts", 4), ("avi", 5)])
def test_flipped_bytes_are_survived_and_counted(tmp_path: Path, ending: str, seed: int) -> None:
    path = write_film(tmp_path / f"in.{ending}", Film(frames=60, smooth=False))
    data, dice = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(40):
        data[dice.randrange(len(data) // 8, len(data) * 7 // 8)] ^= dice.randrange(1, 256)
    path.write_bytes(data)
    with FileSource(path) as source:
        frames = list(source)
        assert len(frames) >= 20
        assert [f.index for f in frames] == list(range(len(frames)))
        assert source.warnings
        assert all(any(c.isdigit() for c in w) for w in source.warnings)


def test_nothing_decodable_is_an_error(tmp_path: Path) -> None:
    path = write_film(tmp_path / "in.mkv", Film(frames=20, smooth=False))
    with av.open(str(path)) as file:
        spots = [(p.pos, p.size) for p in file.demux(video=0) if p.size]
    data = bytearray(path.read_bytes())
    for pos, size in spots:
        data[pos + 6: pos + size] = bytes(size - 6)  # behind the block's own header
    path.write_bytes(data)
    with pytest.raises(DamagedInputError, match="can be decoded") as caught:
        FileSource(path)
    assert caught.value.exit_code == 3


def test_random_bytes_are_refused_not_crashed_on(tmp_path: Path) -> None:
    path = tmp_path / "Rauschen.mp4"
    path.write_bytes(random.Random(1).randbytes(100_000))
    with pytest.raises(InputError):
        FileSource(path)


def test_hardware_that_is_not_there() -> None:
    sample = Path(__file__).resolve().parents[2] / "dehazer/data/sample.mp4"
    with pytest.raises(UsageError, match="none, auto"):
        FileSource(sample, DecodeOptions(hwaccel="abacus"))
    if not Path("/dev/nvidia0").exists():
        with pytest.raises(InputError, match="cuda"):
            FileSource(sample, DecodeOptions(hwaccel="cuda"))
        with FileSource(sample, DecodeOptions(hwaccel="auto")) as source:
            assert any("processor decodes" in w for w in source.warnings)
            assert next(iter(source)).format.name == "yuv420p"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from Linux's /proc")
def test_memory_does_not_grow_with_length(tmp_path: Path) -> None:
    path = write_film(tmp_path / "in.mkv", Film(frames=400, width=320, height=240))
    with FileSource(path) as source:
        for frame in source:
            if frame.index == 50:
                before = resident()
        assert resident() - before < 12_000_000  # 350 kept frames are 40


def resident() -> int:
    """Bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize(("name", "film"), [
    ("roh.h264", Film(options={"bf": "2", "preset": "medium"})), ("roh.y4m", Film(codec="wrapped_avframe")),
    ("tanz.gif", Film(codec="gif", pix_fmt="gray", rate=Fraction(10))), ("alt.mpg", Film(codec="mpeg2video")),
    ("netz.webm", Film(codec="libvpx-vp9")), ("netz.flv", Film()),
    ("schnitt.mov", Film(codec="prores_ks", pix_fmt="yuv422p10le")),
])
def test_other_kinds_of_files_are_read_and_searched(tmp_path: Path, name: str, film: Film) -> None:
    with FileSource(write_film(tmp_path / name, film)) as source:
        frames = list(source)
        assert len(frames) == 20
        steps = {b.seconds - a.seconds for a, b in itertools.pairwise(frames)}
        assert all(step == pytest.approx(float(1 / film.rate), abs=0.0011) for step in steps)
        source.seek(5 / film.rate + 0.001)
        assert next(iter(source)).pts == frames[5].pts


@pytest.mark.parametrize(("transfer", "word"), [(16, "PQ"), (18, "HLG"), (1, "")])
def test_hdr_is_said_before_the_first_frame(tmp_path: Path, transfer: int, word: str) -> None:
    color = (9, 1, 9, transfer) if word else (1, 1, 1, 1)
    path = write_film(tmp_path / "in.mkv", Film(codec="ffv1", pix_fmt="yuv420p10le", color=color, frames=2))
    with FileSource(path) as source:
        assert source.info.color.transfer == transfer
        assert bool(source.warnings) == bool(word)
        assert word in "".join(source.warnings)
