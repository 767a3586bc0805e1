"""Films made by the program FFmpeg come back whole: what cameras and editors write, and PyAV alone does not."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from dehazer.sinks import open_sink
from dehazer.sources import open_source
from tests.ffmpeg import TEST_PICTURES, decoded, film_stream, make, needs_ffmpeg, probe
from tests.media import parcels_of, times_of
from tests.sinks.passing import passed

pytestmark = needs_ffmpeg


@pytest.mark.parametrize("ending", ["mov", "mp4", "mkv"])
@pytest.mark.parametrize(("timecode", "rate"), [("01:00:00:00", "25"), ("01:00:00;02", "30000/1001")])
def test_the_timecode_track_is_kept(tmp_path: Path, ending: str, timecode: str, rate: str) -> None:
    source = make(tmp_path / "in.mov", "-timecode", timecode, "-c:v", "libx264", pictures=f"testsrc2=size=64x48:rate={rate}")
    result = passed(source, tmp_path / f"out.{ending}")
    assert result.warnings == () or ending == "mkv"
    assert not any("left out" in w for w in result.warnings)
    assert len(times_of(tmp_path / f"out.{ending}")) == 10
    before, after = probe(source)["streams"], probe(tmp_path / f"out.{ending}")["streams"]
    assert {k.lower(): v for k, v in after[0]["tags"].items()}["timecode"] == timecode
    if ending != "mkv":
        assert [s.get("codec_tag_string") for s in after] == [s.get("codec_tag_string") for s in before]
        assert [p.data for p in parcels_of(tmp_path / f"out.{ending}", "data")] == [p.data for p in parcels_of(source, "data")]


@pytest.mark.parametrize(("ending", "pix_fmt"), [
    ("avi", "bgr24"), ("avi", "pal8"), ("mov", "uyvy422"), ("mov", "yuyv422"), ("mov", "rgb24"), ("avi", "uyvy422"),
    ("nut", "rgb24"), ("mkv", "yuv420p"), ("nut", "yuv422p10le")])
def test_raw_samples_keep_their_colours(tmp_path: Path, ending: str, pix_fmt: str) -> None:
    source = make(tmp_path / f"in.{ending}", "-c:v", "rawvideo", "-pix_fmt", pix_fmt, frames=3)
    result = passed(source, tmp_path / f"out.{ending}")
    assert result.warnings == ()
    compared = "bgr24" if pix_fmt == "pal8" else pix_fmt
    assert film_stream(tmp_path / f"out.{ending}")["pix_fmt"] == compared
    assert decoded(tmp_path / f"out.{ending}", compared) == decoded(source, compared)


FILMS = {  # encoder and options → what must be the same
    "prores lt": ("mov", "-c:v prores_ks -profile:v 1 -pix_fmt yuv422p10le"),
    "prores hq": ("mov", "-c:v prores_ks -profile:v 3 -pix_fmt yuv422p10le"),
    "dnxhr": ("mov", "-c:v dnxhd -profile:v dnxhr_hq -pix_fmt yuv422p -s 256x128"),
    "dnxhr 10 bits": ("mov", "-c:v dnxhd -profile:v dnxhr_hqx -pix_fmt yuv422p10le -s 256x128"),
    "hvc1": ("mp4", "-c:v libx265 -x265-params log-level=none -tag:v hvc1"),
    "hev1": ("mp4", "-c:v libx265 -x265-params log-level=none -tag:v hev1"),
    "h264 4:2:2 10 bits": ("mp4", "-c:v libx264 -pix_fmt yuv422p10le"),
    "hevc 4:4:4 12 bits": ("mkv", "-c:v libx265 -x265-params log-level=none -pix_fmt yuv444p12le"),
    "av1 10 bits": ("mp4", "-c:v libsvtav1 -pix_fmt yuv420p10le -s 128x96"),
    "vp9 4:4:4": ("webm", "-c:v libvpx-vp9 -pix_fmt yuv444p"),
    "gbr": ("mkv", "-c:v libx264rgb -pix_fmt gbrp"),
}
SAME = ("codec_name", "profile", "codec_tag_string", "pix_fmt", "chroma_location", "sample_aspect_ratio")


@pytest.mark.parametrize("name", FILMS)
def test_the_codec_s_profile_depth_and_name_are_kept(tmp_path: Path, name: str) -> None:
    ending, options = FILMS[name]
    source = make(tmp_path / f"in.{ending}", *options.split(), frames=3)
    result = passed(source, tmp_path / f"out.{ending}")
    before, after = film_stream(source), film_stream(tmp_path / f"out.{ending}")
    assert {k: after.get(k) for k in SAME} == {k: before.get(k) for k in SAME}
    assert not [w for w in result.warnings if "takes" in w or "stored" in w]


@pytest.mark.parametrize(("ending", "codec", "pix_fmt", "other"), [
    ("webm", "libvpx-vp9", "yuv420p10le", "libsvtav1"), ("mkv", "libvpx-vp9", "yuv444p12le", "libx265"),
    ("mkv", "libaom-av1", "yuv444p10le", "libx265")])
def test_depth_and_chroma_stay_even_if_another_codec_is_needed(tmp_path: Path, ending: str, codec: str, pix_fmt: str,
                                                               other: str) -> None:
    speed = ("-cpu-used", "8") if "aom" in codec else ()
    source = make(tmp_path / f"in.{ending}", "-c:v", codec, "-pix_fmt", pix_fmt, *speed, frames=3)
    with open_source(source) as frames, open_sink(tmp_path / f"out.{ending}", frames.info, copy_from=source) as sink:
        assert any(f"{other} encodes instead" in w for w in sink.warnings)
    passed(source, tmp_path / f"out.{ending}")
    assert film_stream(tmp_path / f"out.{ending}")["pix_fmt"] == pix_fmt


@pytest.mark.parametrize(("ending", "options", "pix_fmt"), [
    ("mov", "-c:v qtrle -pix_fmt argb", "rgba"), ("mov", "-c:v png -pix_fmt rgba", "rgba"),
    ("mkv", "-c:v ffv1 -pix_fmt yuva420p", "yuva420p"),
    ("mkv", "-c:v ffv1 -pix_fmt yuva444p10le", "yuva444p10le"), ("mkv", "-c:v ffv1 -pix_fmt bgra", "rgba"),
    ("avi", "-c:v utvideo -pix_fmt gbrap", "gbrap")])
def test_transparency_is_kept_by_codecs_that_have_it(tmp_path: Path, ending: str, options: str, pix_fmt: str) -> None:
    pictures = f"{TEST_PICTURES},format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='X*4'"
    source = make(tmp_path / f"in.{ending}", *options.split(), frames=3, pictures=pictures)
    passed(source, tmp_path / f"out.{ending}")
    assert decoded(tmp_path / f"out.{ending}", pix_fmt) == decoded(source, pix_fmt)
    lost = passed(source, tmp_path / "out.mp4", codec="h264").warnings
    assert any("transparency" in w for w in lost)


DNXHD = [("1920x1080", "25", "120M yuv422p"), ("1920x1080", "25", "185M yuv422p10le"),
         ("1920x1080", "24000/1001", "115M yuv422p"),
         ("1920x1080", "24000/1001", "36M yuv422p"), ("1920x1080", "50", "240M yuv422p"), ("1920x1080", "25", "440M yuv422p"),
         ("1280x720", "50", "120M yuv422p"), ("1280x720", "50", "180M yuv422p10le"), ("1280x720", "25", "90M yuv422p10le"),
         ("1280x720", "25", "90M yuv422p"), ("1440x1080", "25", "84M yuv422p"), ("960x720", "25", "60M yuv422p"),
         ("1920x1080", "25", "120M yuv422p -flags +ildct"), ("1920x1080", "25", "185M yuv422p10le -flags +ildct")]


@pytest.mark.parametrize("ending", ["mov", "mxf"])
@pytest.mark.parametrize(("size", "rate", "kind"), DNXHD)
def test_dnxhd_stays_dnxhd(tmp_path: Path, ending: str, size: str, rate: str, kind: str) -> None:
    name, pix_fmt, *more = kind.split()
    options = ("-c:v", "dnxhd", "-b:v", name, "-pix_fmt", pix_fmt, *more)
    fields = ",setfield=tff" if more else ""
    source = make(tmp_path / f"in.{ending}", *options, frames=2, pictures=f"testsrc2=size={size}:rate={rate}{fields}")
    warnings = passed(source, tmp_path / f"out.{ending}").warnings
    assert not [w for w in warnings if "instead" in w or "is used" in w or "stored as" in w]
    before, after = film_stream(source), film_stream(tmp_path / f"out.{ending}")
    assert (after["codec_name"], after["profile"], after["pix_fmt"]) == ("dnxhd", "DNXHD", before["pix_fmt"])
    assert [packet["size"] for packet in packets(tmp_path / f"out.{ending}")] == [packet["size"] for packet in packets(source)]


def packets(path: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = probe(path, "-show_packets", "-select_streams", "v:0")["packets"]
    return found


@pytest.mark.parametrize("name", ["lb", "sq", "hq", "hqx", "444"])
def test_dnxhr_of_mxf_stays_dnxhr(tmp_path: Path, name: str) -> None:
    pix_fmt = {"hqx": "yuv422p10le", "444": "yuv444p10le"}.get(name, "yuv422p")
    source = make(tmp_path / "in.mxf", "-c:v", "dnxhd", "-profile:v", f"dnxhr_{name}", "-pix_fmt", pix_fmt, frames=2,
                  pictures="testsrc2=size=256x128:rate=25")
    passed(source, tmp_path / "out.mxf")
    before, after = film_stream(source), film_stream(tmp_path / "out.mxf")
    assert [after[k] for k in ("codec_name", "profile", "pix_fmt")] == [before[k] for k in ("codec_name", "profile", "pix_fmt")]


def test_prores_4444_keeps_its_transparency(tmp_path: Path) -> None:
    pictures = f"{TEST_PICTURES},format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='X*4'"
    options = ("-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le")
    source = make(tmp_path / "in.mov", *options, frames=2, pictures=pictures)
    passed(source, tmp_path / "out.mov")
    before, after = film_stream(source), film_stream(tmp_path / "out.mov")
    assert (after["profile"], after["codec_tag_string"]) == (before["profile"], before["codec_tag_string"])
    samples = [np.frombuffer(decoded(path, "gbrap12le"), np.uint16) for path in (source, tmp_path / "out.mov")]
    alphas = [array.reshape(2, 4, 48, 64)[:, 3] for array in samples]
    assert np.abs(alphas[0].astype(int) - alphas[1]).max() <= 4  # of 4095: the encoder takes 10 bits
    assert alphas[0].std() > 500


@pytest.mark.parametrize(("name", "ending", "options"), [
    ("tff", "mp4", "-c:v libx264 -flags +ildct+ilme"), ("bff", "mkv", "-c:v libx264 -flags +ildct+ilme"),
    ("tff", "ts", "-c:v mpeg2video -flags +ildct+ilme"), ("bff", "mpg", "-c:v mpeg2video -flags +ildct+ilme"),
    ("tff", "mov", "-c:v prores_ks -flags +ildct"), ("tff", "mkv", "-c:v ffv1"), ("prog", "mp4", "-c:v libx264")])
def test_the_order_of_fields_is_kept(tmp_path: Path, name: str, ending: str, options: str) -> None:
    source = make(tmp_path / f"in.{ending}", "-vf", f"setfield={name}", *options.split())
    target = tmp_path / f"out.{'ts' if ending == 'mpg' else ending}"
    assert not [w for w in passed(source, target).warnings if "interlaced" in w]
    assert fields_of(target) == fields_of(source) == {"tff": {(1, 1)}, "bff": {(1, 0)}, "prog": {(0, 0)}}[name]


def fields_of(path: Path) -> set[tuple[int, int]]:
    """(interlaced, top field first) of all pictures."""
    frames = probe(path, "-show_frames", "-select_streams", "v")["frames"]
    return {(f["interlaced_frame"], f["top_field_first"]) for f in frames}


def test_interlacing_that_a_codec_cannot_mark_is_said_first(tmp_path: Path) -> None:
    source = make(tmp_path / "in.mp4", "-vf", "setfield=tff", "-c:v", "libx264", "-flags", "+ildct+ilme")
    assert any("interlaced" in w for w in passed(source, tmp_path / "out.mkv", codec="hevc").warnings)


@pytest.mark.parametrize("place", ["left", "center", "topleft"])
@pytest.mark.parametrize(("codec", "ending"), [("libx264", "mp4"), ("libx265", "mkv"), ("ffv1", "mkv")])
def test_the_place_of_chroma_samples_is_kept(tmp_path: Path, place: str, codec: str, ending: str) -> None:
    quiet = ("-x265-params", "log-level=none") if codec == "libx265" else ()
    source = make(tmp_path / f"in.{ending}", "-c:v", codec, "-pix_fmt", "yuv420p", "-chroma_sample_location", place, *quiet)
    passed(source, tmp_path / f"out.{ending}")
    assert film_stream(tmp_path / f"out.{ending}").get("chroma_location") == film_stream(source).get("chroma_location")


@pytest.mark.parametrize(("ending", "out"), [("mpg", "ts"), ("mpg", "mkv"), ("ts", "ts"), ("mpg", "mp4")])
def test_mpeg_2_off_the_grid_of_its_rate_keeps_every_time(tmp_path: Path, ending: str, out: str) -> None:
    source = make(tmp_path / f"in.{ending}", "-c:v", "mpeg2video", "-bf", "2", "-c:a", "mp2",
                  "-output_ts_offset", "0.313", frames=25, sound=True)
    passed(source, tmp_path / f"out.{out}")
    moved = {round(float(b - a) * 1000) for a, b in zip(times_of(source), times_of(tmp_path / f"out.{out}"), strict=True)}
    assert moved == {0}
    sounds = [parcels_of(path, "audio")[0].pts for path in (source, tmp_path / f"out.{out}")]
    assert abs(float(sounds[1] - sounds[0])) < 0.001


@pytest.mark.parametrize("offset", [0, 50])
def test_a_jump_of_the_clock_moves_pictures_and_sound_alike(tmp_path: Path, offset: int) -> None:
    """Two pieces of a transport stream one behind the other: the clock goes back to the beginning, or 50 seconds ahead."""
    options = ("-c:v", "libx264", "-c:a", "ac3", "-output_ts_offset")
    made = [make(tmp_path / f"{k}.ts", *options, k * offset, frames=25, sound=True) for k in (0, 1)]
    source = tmp_path / "in.ts"
    source.write_bytes(b"".join(path.read_bytes() for path in made))
    with open_source(source) as frames:
        assert len(list(frames)) == 50
        assert any("clock of the file jumped" in w for w in frames.warnings)
    passed(source, tmp_path / "out.mkv")
    times = times_of(tmp_path / "out.mkv")
    assert [round(float(b - a), 3) for a, b in itertools.pairwise(times)] == [0.04] * 49
    sound = parcels_of(tmp_path / "out.mkv", "audio")
    parts = [parcels_of(path, "audio") for path in made]
    assert b"".join(p.data for p in sound) == b"".join(p.data for part in parts for p in part)
    second = sound[-1].pts - parts[1][-1].pts  # how far the sound of the second piece was moved
    assert abs(float(second - (times[25] - times_of(made[1])[0]))) < 0.002


@pytest.mark.parametrize("out", ["mkv", "mp4"])
def test_times_before_zero_in_matroska_move_pictures_and_sound_alike_and_it_is_said(tmp_path: Path, out: str) -> None:
    source = make(tmp_path / "in.mkv", "-c:v", "libx264", "-bf", "0", "-c:a", "libopus",
                  "-output_ts_offset", "-0.5", "-avoid_negative_ts", "disabled", frames=25, sound=True)
    result = passed(source, tmp_path / f"out.{out}")
    assert any("before zero" in w for w in result.warnings)
    times, sound = times_of(tmp_path / f"out.{out}"), parcels_of(tmp_path / f"out.{out}", "audio")
    assert [round(float(b - a), 3) for a, b in itertools.pairwise(times)] == [0.04] * 24
    assert abs(float(sound[0].pts - times[0] - (parcels_of(source, "audio")[0].pts + Fraction(1, 2)))) < 0.002
