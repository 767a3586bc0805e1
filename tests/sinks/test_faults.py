"""What goes wrong on the way out: no overwriting, no permission, no encoder, damaged input."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.container import InputContainer

from dehazer.config import EncodeOptions
from dehazer.errors import ConfigError, EncoderError, OutputError, OutputExistsError, UsageError
from dehazer.files.media import open_input
from dehazer.files.output_paths import is_partial
from dehazer.frames.frame import PIXEL_FORMATS, VideoInfo, frame_from_rgb
from dehazer.sinks import check_output, open_sink
from dehazer.sinks._film_writer import FilmWriter
from dehazer.sources import open_source
from tests.contract.test_sinks import INFO, frame, left_in
from tests.media import Film, Sound, parcels_of, stamps_of, times_of, write_film
from tests.sinks.passing import passed
from tests.sources.test_file import resident

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_is_overwritten_without_permission(tmp_path: Path) -> None:
    target = tmp_path / "out.mp4"
    target.write_text("precious")
    with pytest.raises(OutputExistsError, match="-y") as caught:
        open_sink(target, INFO)
    assert caught.value.exit_code == 4
    assert target.read_text() == "precious"
    with open_sink(target, INFO, EncodeOptions(overwrite=True)) as sink:
        sink.write(frame())
        assert target.read_text() == "precious"  # until the new file is complete
        sink.finish()
    assert len(times_of(target)) == 1


def test_a_failed_run_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.mp4"
    target.write_text("precious")
    with open_sink(target, INFO, EncodeOptions(overwrite=True)) as sink:
        sink.write(frame())
    assert target.read_text() == "precious"
    assert left_in(tmp_path) == ["out.mp4"]


@pytest.mark.parametrize("way", ["same", "symbolic", "hard", "dotted"])
def test_the_input_is_never_the_output(tmp_path: Path, way: str) -> None:
    source = write_film(tmp_path / "in.mp4", Film(frames=2))
    targets = {"same": source, "dotted": tmp_path / "x" / ".." / "in.mp4"}
    target = targets.get(way, tmp_path / "link.mp4")
    (tmp_path / "x").mkdir()
    if way == "symbolic":
        target.symlink_to(source)
    if way == "hard":
        target.hardlink_to(source)
    for overwrite in (False, True):
        with pytest.raises(UsageError, match="overwrite the input") as caught:
            check_output([source], target, overwrite)
        assert caught.value.exit_code == 2
    assert len(times_of(source)) == 2


def test_folders_are_checked_too(tmp_path: Path) -> None:
    (tmp_path / "Bilder").mkdir()
    with pytest.raises(UsageError):
        check_output([tmp_path / "Bilder"], tmp_path / "Bilder", True)
    (tmp_path / "voll").mkdir()
    (tmp_path / "voll" / "etwas.txt").touch()
    with pytest.raises(OutputExistsError):
        check_output([tmp_path / "Bilder"], tmp_path / "voll", False)
    check_output([tmp_path / "Bilder"], tmp_path / "voll", True)
    (tmp_path / "Ordner.mp4").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        check_output([tmp_path / "in.mp4"], tmp_path / "Ordner.mp4", True)


def test_bad_places_are_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        open_sink(tmp_path / "fehlt" / "out.mp4", INFO)
    with pytest.raises(OutputError, match=r"\.txt.*use one of.*\.mp4"):
        open_sink(tmp_path / "out.txt", INFO)
    with pytest.raises(UsageError, match="name a folder"):
        open_sink(tmp_path / "out.png", VideoInfo(64, 48, PIXEL_FORMATS["yuv420p"], frames=9))
    assert left_in(tmp_path) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that even the administrator cannot write")
def test_an_unwritable_folder_is_refused() -> None:
    with pytest.raises(OutputError) as caught:
        open_sink("/proc/self/out.mp4", INFO)
    assert caught.value.exit_code == 1
    assert str(caught.value).count("\n") == 0


def test_what_lies_beside_the_output_is_never_touched(tmp_path: Path) -> None:
    for name in ("out.partial.mp4", "Bilder.partial/mine.txt", "Bilder.partial-00000000/mine.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("an hour of work")
    before = left_in(tmp_path)
    for target in ("out.mp4", "Bilder"):
        for end in ("finish", "stop", "discard"):
            with open_sink(tmp_path / target, INFO, EncodeOptions(overwrite=True)) as sink:
                sink.write(frame())
                getattr(sink, end)()
            assert set(before) <= set(left_in(tmp_path))
            assert (tmp_path / "Bilder.partial" / "mine.txt").read_text() == "an hour of work"


@pytest.mark.parametrize("target", ["out.mp4", "out.png", "Bilder"])
@pytest.mark.parametrize("overwrite", [False, True])
def test_of_two_runs_to_one_output_the_second_keeps_its_work_and_says_where(tmp_path: Path, target: str, overwrite: bool) -> None:
    options = EncodeOptions(overwrite=overwrite)
    first, second = (open_sink(tmp_path / target, INFO, options) for _ in range(2))
    for sink in (first, second):
        sink.write(frame())
    assert first.finish().path == tmp_path / target
    before = content(tmp_path / target)
    with pytest.raises((OutputExistsError, OutputError), match=r"kept as .*partial-") as caught, second:
        second.finish()
    assert content(tmp_path / target) == before
    (kept,) = [path for path in tmp_path.iterdir() if is_partial(path)]
    assert str(kept) in str(caught.value)
    assert content(kept)


def content(path: Path) -> list[bytes]:
    return [p.read_bytes() for p in sorted(path.iterdir() if path.is_dir() else [path])]


@pytest.mark.parametrize("ending", ["mp4", "mkv", "mov", "ts"])
def test_a_stopped_film_is_playable_with_its_sound(tmp_path: Path, ending: str) -> None:
    source = write_film(tmp_path / f"in.{ending}", Film(frames=50, sounds=(Sound(seconds=2.0),)))
    with open_source(source) as frames, open_sink(tmp_path / f"out.{ending}", frames.info, copy_from=source) as sink:
        for one in frames:
            sink.write(one)
            if one.index == 19:
                break
        result = sink.stop()
    assert is_partial(result.path)
    assert (result.frames, result.complete) == (20, False)
    assert stamps_of(result.path)[1] == stamps_of(source)[1][:20]
    with av.open(str(result.path)) as file:
        sound = [p for p in file.demux(audio=0) if p.size]
    assert 20 < len(sound) < 60
    assert not (tmp_path / f"out.{ending}").exists()


def test_an_encoder_that_does_not_open_goes_down_the_ladder_and_says_so(tmp_path: Path) -> None:
    name = next(n for n in ("h264_v4l2m2m", "h264_nvenc", "h264_qsv") if n in av.codecs_available and not opens(n))
    source = write_film(tmp_path / "in.mp4", Film())
    result = passed(source, tmp_path / "out.mp4", codec=name)
    assert result.warnings == (f"{name} cannot be used here; libx264 encodes instead.",)
    assert stamps_of(tmp_path / "out.mp4") == stamps_of(source)


def opens(name: str) -> bool:
    try:
        context = av.CodecContext.create(name, "w")
        context.width, context.height, context.pix_fmt, context.time_base = 256, 256, "yuv420p", Fraction(1, 25)
        context.open()
    except (av.error.FFmpegError, ValueError):
        return False
    return True


def test_an_encoder_that_fails_at_its_first_frame_loses_no_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_film(tmp_path / "in.mp4", Film(sounds=(Sound(),)))
    encoded = FilmWriter._encoded
    failures: list[str] = []

    def failing(self: FilmWriter, picture: av.VideoFrame | None) -> list[object]:
        if self._attempt.settings.encoder == "mpeg4":
            failures.append("mpeg4")
            raise EncoderError("The encoder mpeg4 failed after 0 frames.", "made to fail")
        return encoded(self, picture)  # type: ignore[return-value]

    monkeypatch.setattr(FilmWriter, "_encoded", failing)
    monkeypatch.setattr("dehazer.sinks._output_format.software_for", lambda name: "libx264" if name == "mpeg4" else None)
    result = passed(source, tmp_path / "out.mp4", codec="mpeg4")
    assert failures == ["mpeg4"]
    assert result.frames == 20
    assert stamps_of(tmp_path / "out.mp4") == stamps_of(source)
    assert any("libx264 encodes instead" in w for w in result.warnings)


def test_unknown_encoders_presets_and_formats_are_refused_with_the_choices(tmp_path: Path) -> None:
    cases = [({"codec": "h999"}, ConfigError, "h264, hevc"), ({"codec": "aac"}, ConfigError, "unknown"),
             ({"codec": "h264", "preset": "warp"}, ConfigError, "veryfast"),
             ({"codec": "h264", "pix_fmt": "rgb565le"}, ConfigError, "yuv420p")]
    for options, kind, words in cases:
        with pytest.raises(kind, match=words):
            open_sink(tmp_path / "out.mp4", INFO, EncodeOptions(**options))
    with pytest.raises(OutputError, match="WebM files cannot hold h264"):
        open_sink(tmp_path / "out.webm", INFO, EncodeOptions(codec="h264"))
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(("codec", "ending"), [("h264", "mp4"), ("hevc", "mp4"), ("av1", "mp4"), ("vp9", "webm"), ("vp8", "webm"),
                                               ("mpeg4", "avi"), ("mpeg2video", "ts"), ("mjpeg", "avi"), ("ffv1", "mkv"),
                                               ("prores", "mov"), ("utvideo", "avi"), ("rawvideo", "avi"), ("libx264", "mov")])
def test_codecs_by_name_give_every_frame(tmp_path: Path, codec: str, ending: str) -> None:
    source = write_film(tmp_path / "in.mkv", Film(width=128, height=96, frames=8))
    result = passed(source, tmp_path / f"out.{ending}", codec=codec)
    assert result.frames == len(times_of(tmp_path / f"out.{ending}")) == 8


def test_a_smaller_crf_makes_a_larger_file(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(codec="ffv1", smooth=False))
    for codec, ending in (("h264", "mp4"), ("hevc", "mp4"), ("vp9", "webm"), ("mpeg4", "mp4"), ("av1", "mkv")):
        sizes = []
        for crf in (10, 40):
            passed(source, tmp_path / f"{codec}{crf}.{ending}", codec=codec, crf=crf)
            sizes.append((tmp_path / f"{codec}{crf}.{ending}").stat().st_size)
        assert sizes[0] > 1.3 * sizes[1], codec


def test_a_size_that_changes_in_the_middle_is_scaled_and_said(tmp_path: Path) -> None:
    info = VideoInfo(64, 48, PIXEL_FORMATS["rgb24"], frames=3, rate=Fraction(25), time_base=Fraction(1, 25))
    with open_sink(tmp_path / "out.mp4", info) as sink:
        for index, (height, width) in enumerate([(48, 64), (30, 40), (48, 64)]):
            sink.write(frame_from_rgb(np.full((height, width, 3), 80, np.uint8), index, index, Fraction(1, 25)))
        result = sink.finish()
    assert any("changed their size" in w for w in result.warnings)
    with av.open(str(result.path)) as file:
        assert [(f.width, f.height) for f in file.decode(video=0)] == [(64, 48)] * 3


def test_times_that_stand_still_are_moved_and_counted(tmp_path: Path) -> None:
    with open_sink(tmp_path / "out.mp4", INFO) as sink:
        for index, pts in enumerate((0, 1, 1, 2, 5)):
            sink.write(replace(frame(index), pts=pts))
        result = sink.finish()
    assert result.frames == 5
    assert stamps_of(tmp_path / "out.mp4")[1] == [0, 1, 2, 3, 5]
    assert any(w.startswith("2 frames") for w in result.warnings)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from Linux's /proc")
def test_memory_does_not_grow_with_length(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(frames=500, width=160, height=120, sounds=(Sound(seconds=20.0),)))
    with open_source(source) as frames, open_sink(tmp_path / "out.mkv", frames.info, copy_from=source) as sink:
        for one in frames:
            sink.write(one)
            if one.index == 100:
                before = resident()
        assert resident() - before < 12_000_000
        sink.finish()


@pytest.mark.parametrize(("ending", "seed"), [("mp4", 1), ("mkv", 4), ("ts", 4), ("avi", 2)])
def test_a_damaged_film_gives_a_sound_output(tmp_path: Path, ending: str, seed: int) -> None:
    source = write_film(tmp_path / f"in.{ending}", Film(frames=60, smooth=False, sounds=(Sound("libmp3lame", seconds=2.4),)))
    data, dice = bytearray(source.read_bytes()), random.Random(seed)
    for _ in range(60):
        data[dice.randrange(len(data) // 10, len(data) * 9 // 10)] ^= dice.randrange(1, 256)
    source.write_bytes(data)
    result = passed(source, tmp_path / "out.mp4")
    assert result.frames == len(times_of(tmp_path / "out.mp4")) >= 30
    assert len(parcels_of(tmp_path / "out.mp4", "audio")) > 50


def test_late_sound_is_missed_aloud_by_avi(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(sounds=(Sound("libmp3lame", start=0.5),)))
    assert any("too early" in w for w in passed(source, tmp_path / "out.avi").warnings)
    source = write_film(tmp_path / "in2.mkv", Film(sounds=(Sound("libmp3lame"),)))
    assert not any("too early" in w for w in passed(source, tmp_path / "out2.avi").warnings)


def test_sound_in_avi_that_cannot_be_timed_is_left_out_aloud(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.avi", Film(codec="mpeg4", sounds=(Sound("aac"),)))
    assert any("aac" in w and "left out" in w for w in passed(source, tmp_path / "out.avi").warnings)
    for codec in ("libmp3lame", "pcm_s16le"):
        source = write_film(tmp_path / f"{codec}.avi", Film(codec="mpeg4", sounds=(Sound(codec),)))
        assert passed(source, tmp_path / f"{codec}.out.avi").warnings == ()
        assert parcels_of(tmp_path / f"{codec}.out.avi", "audio") == parcels_of(source, "audio")


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts", "avi"])
def test_the_input_is_opened_once_by_the_sink(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_film(tmp_path / f"in.{ending}", Film(codec="mpeg4", frames=60, sounds=(Sound("libmp3lame", seconds=2.4),)))
    opened: list[Path] = []

    def counted(path: Path) -> InputContainer:
        opened.append(path)
        return open_input(path)

    monkeypatch.setattr("dehazer.sinks._film_writer.open_input", counted)
    passed(source, tmp_path / f"out.{ending}")
    assert opened == [source]
    assert [p.data for p in parcels_of(tmp_path / f"out.{ending}", "audio")] == [p.data for p in parcels_of(source, "audio")]


@pytest.mark.parametrize("ending", ["avi", "mkv", "mp4"])
def test_sound_of_an_unknown_codec_is_left_out_aloud(tmp_path: Path, ending: str) -> None:
    source = write_film(tmp_path / "in.avi", Film(codec="mpeg4", sounds=(Sound("libmp3lame"),)))
    data = source.read_bytes()
    at = data.index(b"strf", data.index(b"auds"))
    source.write_bytes(data[:at + 8] + b"\x34\x12" + data[at + 10:])  # wFormatTag
    result = passed(source, tmp_path / f"out.{ending}")
    assert any("audio" in w and "left out" in w for w in result.warnings)
    assert len(times_of(tmp_path / f"out.{ending}")) == 20
