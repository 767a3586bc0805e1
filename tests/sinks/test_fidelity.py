"""What was in the film is in the output: pictures, times, sound, text, chapters, shape, tags. Measured with FFmpeg alone."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.container import InputContainer

from dehazer.config import DecodeOptions
from dehazer.frames.frame import PIXEL_FORMATS
from tests.media import Film, Sound, parcels_of, picture, planes_of, stamps_of, times_of, write_film
from tests.sinks.passing import passed

NTSC = Fraction(30000, 1001)
VARIABLE = (0, 40, 90, 100, 250, 251, 400, 1000, 1033, 1066, 1100, 3000)
LOSSLESS = {"codec": "libx264", "options": {"qp": "0"}}

CLOCKS = {
    "25 fps": Film(),
    "29.97 fps": Film(rate=NTSC, time_base=Fraction(1, 30000)),
    "23.976 fps": Film(rate=Fraction(24000, 1001), time_base=Fraction(1, 24000)),
    "variable": Film(times=VARIABLE, frames=len(VARIABLE), time_base=Fraction(1, 1000)),
    "90 kHz": Film(time_base=Fraction(1, 90000)),
    "late start": Film(start=0.52, time_base=Fraction(1, 12800)),
    "no B-frames": Film(options={"bf": "0"}),
    "B-frames": Film(options={"bf": "3", "preset": "medium"}, frames=30),
}


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv", "ts", "nut"])
@pytest.mark.parametrize("name", CLOCKS)
def test_every_frame_keeps_its_time(tmp_path: Path, name: str, ending: str) -> None:
    source = write_film(tmp_path / f"in.{ending}", CLOCKS[name])
    target = tmp_path / f"out.{ending}"
    result = passed(source, target)
    assert result.frames == CLOCKS[name].frames == len(times_of(source))
    assert stamps_of(target) == stamps_of(source)


@pytest.mark.parametrize(("name", "ending"), [("25 fps", "mkv"), ("25 fps", "ts"), ("variable", "mp4"), ("90 kHz", "mp4"),
                                              ("29.97 fps", "ts"), ("late start", "mkv")])
def test_other_file_type_keeps_times_where_it_can(tmp_path: Path, name: str, ending: str) -> None:
    source = write_film(tmp_path / "in.mp4", CLOCKS[name])
    result = passed(source, tmp_path / f"out.{ending}")
    assert times_of(tmp_path / f"out.{ending}") == times_of(source)
    assert result.warnings == ()


def test_what_a_clock_cannot_hold_is_said_and_stays_small(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mp4", CLOCKS["29.97 fps"])
    result = passed(source, tmp_path / "out.mkv")
    assert any("1/1000 s" in w for w in result.warnings)
    gaps = [abs(a - b) for a, b in zip(times_of(source), times_of(tmp_path / "out.mkv"), strict=True)]
    assert max(gaps) <= Fraction(1, 2000)


@pytest.mark.parametrize("codec", ["libx264", "mpeg4", "mjpeg", "ffv1", "rawvideo"])
def test_avi_keeps_every_frame_at_a_constant_rate(tmp_path: Path, codec: str) -> None:
    pix_fmt, color = ("yuvj420p", (2, 2, 2, 2)) if codec == "mjpeg" else ("yuv420p", None)
    source = write_film(tmp_path / "in.avi", Film(codec=codec, rate=NTSC, pix_fmt=pix_fmt, color=color))
    result = passed(source, tmp_path / "out.avi")
    assert result.frames == 20
    assert stamps_of(tmp_path / "out.avi") == stamps_of(source)
    assert result.warnings == ()


def encodable(name: str) -> bool:
    return name in {f.name for f in av.Codec("ffv1", "w").video_formats} or name.replace("yuvj", "yuv") != name


@pytest.mark.parametrize("name", [n for n in PIXEL_FORMATS if encodable(n) and n != "yuvj411p"])
@pytest.mark.parametrize("size", [(64, 48), (67, 45)])
def test_lossless_round_trip_is_bit_identical(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    full = name.startswith("yuvj")
    film = Film(codec="ffv1", pix_fmt=name.replace("yuvj", "yuv"), width=size[0], height=size[1], frames=4, smooth=False,
                color=(6, 2, 6, 6) if full else (6, 1, 6, 6))
    source = write_film(tmp_path / "in.mkv", film)
    result = passed(source, tmp_path / "out.mkv")
    assert result.warnings == ()
    before, after = planes_of(source), planes_of(tmp_path / "out.mkv")
    assert len(before) == len(after) == 4
    for one, two in zip(before, after, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))


def test_packed_rgb_round_trip_is_bit_identical(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(codec="ffv1", pix_fmt="bgr0", frames=4, smooth=False))
    passed(source, tmp_path / "out.mkv")
    for one, two in zip(planes_of(source), planes_of(tmp_path / "out.mkv"), strict=True):
        colours = [plane.reshape(48, 64, 4)[..., :3] for plane in (one[0], two[0])]
        assert np.array_equal(*colours)


@pytest.mark.parametrize("pix_fmt", ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le"])
def test_x264_stores_the_planes_without_a_conversion(tmp_path: Path, pix_fmt: str) -> None:
    source = write_film(tmp_path / "in.mp4", Film(pix_fmt=pix_fmt, frames=3, options={"qp": "0"}))
    result = passed(source, tmp_path / "out.mp4", crf=1)
    assert result.warnings == ()
    with av.open(str(tmp_path / "out.mp4")) as file:
        assert file.streams.video[0].format.name == pix_fmt
    for one, two in zip(planes_of(source), planes_of(tmp_path / "out.mp4"), strict=True):
        errors = [float(np.abs(a.astype(int) - b).mean()) for a, b in zip(one, two, strict=True)]
        assert max(errors) < (4 if pix_fmt.endswith("10le") else 1)


def test_odd_sizes_of_4_2_0_are_stored_as_4_4_4_by_x264_and_said(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(codec="ffv1", width=67, height=45, frames=3))
    result = passed(source, tmp_path / "out.mkv", codec="h264")
    assert any("stored as yuv444p" in w for w in result.warnings)
    with av.open(str(tmp_path / "out.mkv")) as file:
        stream = file.streams.video[0]
        assert (stream.width, stream.height) == (67, 45)


COLORS = {
    "BT.601 limited": (6, 1, 6, 6), "BT.709 limited": (1, 1, 1, 1), "BT.709 full": (1, 2, 1, 1), "BT.2020 limited": (9, 1, 9, 14),
    "PQ": (9, 1, 9, 16), "HLG": (9, 1, 9, 18), "PAL": (5, 1, 5, 6), "untagged": (2, 0, 2, 2)}


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
@pytest.mark.parametrize("name", COLORS)
def test_colour_tags_are_kept(tmp_path: Path, name: str, ending: str) -> None:
    film = Film(color=COLORS[name], pix_fmt="yuv420p10le" if name in ("PQ", "HLG") else "yuv420p", frames=3)
    source = write_film(tmp_path / f"in.{ending}", film)
    passed(source, tmp_path / f"out.{ending}")
    with av.open(str(source)) as one, av.open(str(tmp_path / f"out.{ending}")) as two:
        firsts = [next(file.decode(video=0)) for file in (one, two)]
        tags = [(f.colorspace, f.color_range, f.color_primaries, f.color_trc) for f in firsts]
    assert tags[0] == tags[1] == COLORS[name]


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv"])
@pytest.mark.parametrize("rotation", [90, 180, -90])
def test_rotation_and_pixel_shape_are_kept(tmp_path: Path, ending: str, rotation: int) -> None:
    source = write_film(tmp_path / f"in.{ending}", Film(rotation=rotation, aspect=Fraction(16, 11), frames=3))
    assert passed(source, tmp_path / f"out.{ending}").warnings == ()
    with av.open(str(tmp_path / f"out.{ending}")) as file:
        assert file.streams.video[0].sample_aspect_ratio == Fraction(16, 11)
        assert abs(next(file.decode(video=0)).rotation - rotation) % 360 == 0


@pytest.mark.parametrize(("codec", "ending"), [("ffv1", "mkv"), ("vp9", "webm"), ("vp9", "mkv"), ("av1", "mkv"), ("vp8", "webm"),
                                               ("mjpeg", "mkv"), ("ffv1", "mp4"), ("hevc", "mkv")])
@pytest.mark.parametrize("color", [None, (1, 1, 1, 1)])
def test_pixel_shape_survives_silent_codecs(tmp_path: Path, codec: str, ending: str, color: tuple[int, ...] | None) -> None:
    film = Film(aspect=Fraction(16, 15), width=720, height=96, frames=3, color=color, rotation=90, sounds=(Sound("libopus"),))
    source = write_film(tmp_path / "in.mp4", film)
    result = passed(source, tmp_path / f"out.{ending}", codec=codec)
    assert not [w for w in result.warnings if "pixel" in w]
    with av.open(str(tmp_path / f"out.{ending}")) as file:
        assert file.streams.video[0].sample_aspect_ratio == Fraction(16, 15)
        assert "stereo_mode" not in file.streams.video[0].metadata
        pictures = list(file.decode(video=0))
        assert len(pictures) == 3
        assert abs(pictures[0].rotation) == 90
        assert color is None or pictures[0].colorspace in (1, 5)


def test_interlaced_lines_are_kept_and_marked(tmp_path: Path) -> None:
    film = Film(frames=4, options={"flags": "+ildct+ilme", "preset": "medium"}, width=128, height=96)
    source = write_film(tmp_path / "in.mp4", film)
    with av.open(str(source)) as file:
        assert next(file.decode(video=0)).interlaced_frame
    result = passed(source, tmp_path / "out.mkv", codec="ffv1")
    assert result.warnings == ()
    with av.open(str(tmp_path / "out.mkv")) as file:
        assert next(file.decode(video=0)).interlaced_frame
    for one, two in zip(planes_of(source), planes_of(tmp_path / "out.mkv"), strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))


@pytest.mark.parametrize("rotation", [0, 180])
def test_a_mirrored_film_keeps_its_whole_display_matrix(tmp_path: Path, rotation: int) -> None:
    source = tmp_path / "in.mp4"
    with av.open(str(source), "w") as file:
        stream = file.add_stream("libx264", rate=25)
        stream.width, stream.height = 64, 48
        stream.set_display_rotation(rotation, hflip=True)
        for index in range(3):
            file.mux(stream.encode(picture(Film(), index)))
        file.mux(stream.encode(None))
    passed(source, tmp_path / "out.mp4")
    assert matrix_of(tmp_path / "out.mp4") == matrix_of(source) != b""


def matrix_of(path: Path) -> bytes:
    with av.open(str(path)) as file:
        blocks = next(file.decode(video=0)).side_data
        return b"".join(bytes(blocks[i]) for i in range(len(blocks)) if "DISPLAYMATRIX" in str(blocks[i].type))


@pytest.mark.parametrize("ending", ["ts", "avi"])
def test_rotation_that_cannot_be_kept_is_said_before_the_first_frame(tmp_path: Path, ending: str) -> None:
    source = write_film(tmp_path / "in.mp4", Film(rotation=90, frames=3))
    assert any("turned by 90°" in w for w in passed(source, tmp_path / f"out.{ending}").warnings)


WHOLE = Film(
    sounds=(Sound(), Sound("libmp3lame", 44100, start=0.25, language="fra")), captions=("Nebel", "klar"), chapters=("fog", "sun"),
    tags={"title": "Der Weg", "comment": "im Nebel", "creation_time": "2021-05-06T07:08:09.000000Z"})


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv"])
def test_sound_and_text_are_copied_packet_for_packet(tmp_path: Path, ending: str) -> None:
    source = write_film(tmp_path / f"Straße im Nebel.{ending}", WHOLE)
    target = tmp_path / f"klare Straße.{ending}"
    assert passed(source, target).warnings == ()
    for kind, number in (("audio", 0), ("audio", 1), ("subtitle", 0)):
        before, after = parcels_of(source, kind, number), parcels_of(target, kind, number)
        assert before
        # where sound goes on behind the last subtitle, MP4 says that this one ends
        assert after in (before, [*before, *(one for one in after[-1:] if one.data == b"\0\0")])
    with av.open(str(source)) as one, av.open(str(target)) as two:
        assert [s.type for s in two.streams] == [s.type for s in one.streams]
        assert [s.metadata.get("language") for s in two.streams] == [s.metadata.get("language") for s in one.streams]
        assert [s.disposition for s in two.streams] == [s.disposition for s in one.streams]


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv"])
def test_chapters_and_descriptions_are_kept(tmp_path: Path, ending: str) -> None:
    source = write_film(tmp_path / f"in.{ending}", WHOLE)
    passed(source, tmp_path / f"out.{ending}")
    with av.open(str(source)) as one, av.open(str(tmp_path / f"out.{ending}")) as two:
        assert chapter_list(two) == chapter_list(one)
        assert [c[2] for c in chapter_list(two)] == ["fog", "sun"]
        assert described(two) == described(one)
        assert two.metadata["title"] == "Der Weg"
        assert two.metadata["creation_time"].startswith("2021-05-06T07:08:09")


def described(file: InputContainer) -> dict[str, str]:
    """What the file says of the film, without the standards it obeys."""
    return {k.lower(): v for k, v in file.metadata.items() if k != "compatible_brands"}


def chapter_list(file) -> list[tuple[Fraction, Fraction, str]]:
    return [(c["start"] * c["time_base"], c["end"] * c["time_base"], c["metadata"]["title"]) for c in file.chapters()]


def test_names_that_only_phones_write_survive_in_mp4(tmp_path: Path) -> None:
    tags = {"title": "x", "com.apple.quicktime.model": "iPhone 99", "com.android.version": "17"}
    source = write_film(tmp_path / "in.mp4", Film(frames=2, tags=tags), movflags="use_metadata_tags")
    passed(source, tmp_path / "out.mp4")
    with av.open(str(tmp_path / "out.mp4")) as file:
        assert {k: file.metadata.get(k) for k in tags} == tags


def test_attachments_are_kept_by_matroska_and_refused_aloud_by_mp4(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", replace(WHOLE, attachment=b"Schriftart"))
    assert passed(source, tmp_path / "out.mkv").warnings == ()
    with av.open(str(tmp_path / "out.mkv")) as file:
        (attachment,) = [s for s in file.streams if s.type == "attachment"]
        assert (attachment.data, attachment.name, attachment.mimetype) == (b"Schriftart", "notes.txt", "text/plain")
    warnings = passed(source, tmp_path / "out.mp4").warnings
    assert any("attachment" in w and "MP4 cannot hold it" in w for w in warnings)
    assert any("subtitle" in w and "(subrip) is written as mov_text" in w for w in warnings)
    assert parcels_of(tmp_path / "out.mp4", "audio")


def test_a_cover_picture_is_kept(tmp_path: Path) -> None:
    cover = write_film(tmp_path / "cover.mkv", Film(codec="mjpeg", pix_fmt="yuvj420p", color=(2, 2, 2, 2), frames=1))
    plain = write_film(tmp_path / "plain.mp4", Film(sounds=(Sound(),)))
    source = with_cover(tmp_path / "in.mp4", plain, cover)
    assert passed(source, tmp_path / "out.mp4").warnings == ()
    with av.open(str(source)) as one, av.open(str(tmp_path / "out.mp4")) as two:
        covers = [next(s for s in file.streams.video if s.disposition & 1024) for file in (one, two)]
        pictures = [[bytes(p) for p in s.container.demux(s) if p.size] for s in covers]
    assert len(pictures[0]) == 1
    assert pictures[0] == pictures[1]
    assert len(times_of(tmp_path / "out.mp4")) == 20


def test_a_cover_picture_becomes_matroska_s_attachment_and_is_missed_aloud_elsewhere(tmp_path: Path) -> None:
    cover = write_film(tmp_path / "cover.mkv", Film(codec="mjpeg", pix_fmt="yuvj420p", color=(2, 2, 2, 2), frames=1))
    source = with_cover(tmp_path / "in.mp4", write_film(tmp_path / "plain.mp4", Film()), cover)
    assert passed(source, tmp_path / "1.mkv").warnings == ()
    assert passed(tmp_path / "1.mkv", tmp_path / "2.mkv").warnings == ()
    for name in ("1.mkv", "2.mkv"):
        with av.open(str(tmp_path / name)) as file:
            (still,) = [s for s in file.streams.video if s.disposition & 1024]
            assert (still.metadata["filename"], still.metadata["mimetype"]) == ("cover.jpg", "image/jpeg")
            assert [bytes(p) for p in file.demux(still) if p.size] == [p.data for p in parcels_of(cover, "video")]
    assert any("left out: QuickTime" in w for w in passed(source, tmp_path / "out.mov").warnings)


def test_a_second_film_in_the_file_is_copied_not_encoded(tmp_path: Path) -> None:
    parts = [write_film(tmp_path / "a.mp4", Film()), write_film(tmp_path / "b.mp4", Film(codec="mpeg4", width=32, height=32))]
    source = tmp_path / "two.mkv"
    with av.open(str(parts[0])) as one, av.open(str(parts[1])) as two, av.open(str(source), "w") as file:
        targets = [file.add_stream_from_template(part.streams.video[0], opaque=True) for part in (one, two)]
        for part, target in zip((one, two), targets, strict=True):
            for packet in part.demux():
                if packet.size:
                    packet.stream = target
                    file.mux(packet)
    for ending in ("mkv", "mp4"):
        assert passed(source, tmp_path / f"out.{ending}").warnings == ("Stream 1 is a second film; it is copied as it is.",)
        assert parcels_of(tmp_path / f"out.{ending}", "video", 1) == parcels_of(source, "video", 1)


def with_cover(path: Path, plain: Path, cover: Path) -> Path:
    with av.open(str(plain)) as film, av.open(str(cover)) as still, av.open(str(path), "w") as file:
        targets = {s.index: file.add_stream_from_template(s, opaque=True) for s in film.streams}
        picture = file.add_stream_from_template(still.streams.video[0], opaque=True)
        picture.disposition = 1024
        for packet in film.demux():
            if packet.size:
                packet.stream = targets[packet.stream_index]
                file.mux(packet)
        packet = next(p for p in still.demux() if p.size)
        packet.stream = picture
        file.mux(packet)
    return path


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv", "ts"])
def test_sound_that_starts_late_keeps_its_offset(tmp_path: Path, ending: str) -> None:
    source = write_film(tmp_path / f"in.{ending}", Film(sounds=(Sound(start=0.3),), frames=25))
    passed(source, tmp_path / f"out.{ending}")
    first = [parcels_of(p, "audio")[0].pts for p in (source, tmp_path / f"out.{ending}")]
    assert first[0] == first[1] > Fraction(1, 4)


def test_sound_longer_than_the_film_is_kept_whole(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(sounds=(Sound(seconds=3.0),), frames=5))
    passed(source, tmp_path / "out.mkv")
    assert parcels_of(tmp_path / "out.mkv", "audio") == parcels_of(source, "audio")


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_a_span_cuts_pictures_and_sound_alike(tmp_path: Path, ending: str) -> None:
    film = Film(frames=75, sounds=(Sound(seconds=3.0),), chapters=("a", "b", "c", "d", "e", "f", "g"))
    source = write_film(tmp_path / f"in.{ending}", film)
    result = passed(source, tmp_path / f"out.{ending}", DecodeOptions(start=1.0, end=2.0))
    assert result.frames == 25
    assert times_of(tmp_path / f"out.{ending}") == [Fraction(k, 25) for k in range(25)]
    kept = [p for p in parcels_of(source, "audio") if 1 <= p.dts < 2]
    cut = parcels_of(tmp_path / f"out.{ending}", "audio")
    assert [p.data for p in cut] == [p.data for p in kept]
    assert all(abs((a.pts - 1) - b.pts) <= Fraction(1, 900) for a, b in zip(kept, cut, strict=True))
    with av.open(str(tmp_path / f"out.{ending}")) as file:
        assert [(float(a), float(b), c) for a, b, c in chapter_list(file)] == [
            (0.0, 0.2, "d"), (0.2, 0.5, "e"), (0.5, 0.8, "f"), (0.8, 1.0, "g")]


@pytest.mark.parametrize("ending", ["ts", "mp4", "mkv"])
def test_a_span_of_a_film_that_does_not_begin_at_zero(tmp_path: Path, ending: str) -> None:
    film = Film(frames=75, start=1.4, sounds=(Sound(seconds=3.0, start=1.4),), time_base=Fraction(1, 90000))
    source = write_film(tmp_path / f"in.{ending}", film)
    begin = times_of(source)[0]
    result = passed(source, tmp_path / f"out.{ending}", DecodeOptions(start=0.4, end=1.0))
    assert result.frames == 15
    assert times_of(tmp_path / f"out.{ending}") == [Fraction(k, 25) for k in range(15)]
    kept = [p.data for p in parcels_of(source, "audio") if begin + Fraction(2, 5) <= p.dts < begin + 1]
    assert [p.data for p in parcels_of(tmp_path / f"out.{ending}", "audio")] == kept
    passed(source, tmp_path / f"half.{ending}", DecodeOptions(end=1.0))
    assert times_of(tmp_path / f"half.{ending}") == times_of(source)[:25]
    kept = [p.data for p in parcels_of(source, "audio") if p.dts < begin + 1]
    assert [p.data for p in parcels_of(tmp_path / f"half.{ending}", "audio")] == kept


def test_webm_takes_its_own_codec_and_says_so(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mp4", Film(sounds=(Sound("libopus"),)))
    result = passed(source, tmp_path / "out.webm")
    assert any("libvpx-vp9" in w for w in result.warnings)
    with av.open(str(tmp_path / "out.webm")) as file:
        assert [s.name for s in file.streams] == ["vp9", "opus"]
    assert [p.data for p in parcels_of(tmp_path / "out.webm", "audio")] == [p.data for p in parcels_of(source, "audio")]


HDR = "hdr10=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400"


def test_hdr_mastering_data_is_written_again(tmp_path: Path) -> None:
    film = Film(codec="libx265", pix_fmt="yuv420p10le", color=(9, 1, 9, 16), frames=3, width=96, height=64,
                options={"x265-params": HDR + ":log-level=none"})
    source = write_film(tmp_path / "in.mp4", film)
    result = passed(source, tmp_path / "out.mp4")
    assert result.warnings == ()
    blocks = []
    for path in (source, tmp_path / "out.mp4"):
        with av.open(str(path)) as file:
            frame = next(file.decode(video=0))
            assert (frame.format.name, frame.color_trc) == ("yuv420p10le", 16)
            blocks.append({str(frame.side_data[i].type): bytes(frame.side_data[i]) for i in range(len(frame.side_data))
                           if "MASTERING" in str(frame.side_data[i].type) or "CONTENT_LIGHT" in str(frame.side_data[i].type)})
    assert len(blocks[0]) == 2
    assert blocks[0] == blocks[1]


@pytest.mark.parametrize("ending", ["mp4", "mov"])
@pytest.mark.parametrize(("rate", "frames"), [(Fraction(1, 600), 5), (Fraction(1, 10), 7), (Fraction(1), 5), (Fraction(1), 30),
                                              (Fraction(25), 27)])
def test_films_slower_than_a_picture_a_second_keep_their_last_one(tmp_path: Path, ending: str, rate: Fraction,
                                                                  frames: int) -> None:
    """Where the last packet is not the picture shown last, it is this one that players would leave out."""
    source = write_film(tmp_path / f"in.{ending}", Film(rate=rate, frames=frames))
    assert len(times_of(source)) == frames
    passed(source, tmp_path / f"out.{ending}")
    assert times_of(tmp_path / f"out.{ending}") == times_of(source)
    with av.open(str(source)) as before, av.open(str(tmp_path / f"out.{ending}")) as after:
        assert after.duration == before.duration


@pytest.mark.parametrize("frames", [1, 2, 3])
def test_a_film_of_fewer_pictures_than_an_encoder_holds_back(tmp_path: Path, frames: int) -> None:
    """x265 gives the first of them decoding times that it never set, which are anything."""
    source = write_film(tmp_path / "in.mp4", Film(frames=frames))
    for number in range(8):
        target = tmp_path / f"out{number}.mp4"
        assert passed(source, target, codec="hevc").frames == frames
        assert times_of(target) == times_of(source)
        assert all(abs(p.dts - p.pts) < 1 for p in parcels_of(target, "video"))
