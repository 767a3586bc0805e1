"""Recordings of packets: the same packets as came, whatever file type, wherever a new file begins."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import av
import pytest

from dehazer.errors import OutputError
from dehazer.files.packet_tap import TappedPacket, TappedStreams, tapped
from dehazer.sinks._parameter_sets import parameter_sets, size_of
from dehazer.sinks.packet_recorder import PacketRecorder
from dehazer.sinks.segment_names import SegmentNames, stamped_path
from tests.sounding import sounding_stream, tapped_packets

SUFFIXES = [".mkv", ".mp4"]


def units(data: bytes) -> list[bytes]:
    """The units of an H.264 packet, whether they begin with start codes or with their lengths."""
    if data.startswith((b"\0\0\1", b"\0\0\0\1")):
        return [unit for part in data.split(b"\0\0\1") if (unit := part.rstrip(b"\0"))]
    out = []
    while data:
        size = int.from_bytes(data[:4], "big")
        out.append(data[4 : 4 + size].rstrip(b"\0"))
        data = data[4 + size :]
    return out


def pictures_in(path: Path) -> list[list[bytes]]:
    with av.open(str(path)) as file:
        return [units(bytes(packet)) for packet in file.demux(video=0) if packet.size]


def sound_in(path: Path) -> list[bytes]:
    with av.open(str(path)) as file:
        return [bytes(packet) for packet in file.demux(audio=0) if packet.size]


def times_in(path: Path) -> list[float]:
    with av.open(str(path)) as file:
        return [float(packet.pts * packet.time_base) for packet in file.demux(video=0) if packet.size]


def pictures_of(packets: list[TappedPacket]) -> list[TappedPacket]:
    return [packet for packet in packets if not packet.sound]


def record(path: Path, packets: list[TappedPacket], **more: float) -> PacketRecorder:
    recorder = PacketRecorder(SegmentNames(path), "gate: original", **more)
    for packet in packets:
        recorder.write(packet)
    recorder.finish()
    return recorder


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("b_frames", [0, 2])
def test_a_file_holds_the_packets_as_they_came(tmp_path: Path, suffix: str, b_frames: int) -> None:
    packets = tapped_packets(sounding_stream(2, "mp2", b_frames))
    recorder = record(tmp_path / f"a{suffix}", packets)
    pictures = pictures_of(packets)
    assert pictures_in(tmp_path / f"a{suffix}") == [units(packet.data) for packet in pictures]
    assert sound_in(tmp_path / f"a{suffix}") == [packet.data for packet in packets if packet.sound][-len(sound_in(
        tmp_path / f"a{suffix}")):]
    assert times_in(tmp_path / f"a{suffix}") == pytest.approx(
        [float((packet.pts - pictures[0].dts) * packet.time_base) for packet in pictures], abs=1e-3)
    segment = recorder.segments[0]
    assert (segment.pictures, segment.missing, segment.damaged, segment.complete) == (50, 0, 0, True)
    assert segment.seconds == pytest.approx(2.0, abs=0.05)
    assert segment.notes == []
    with av.open(str(tmp_path / f"a{suffix}")) as file:
        assert len(list(file.decode(video=0))) == 50
        tags = {name.lower(): text for name, text in file.metadata.items()}
        assert tags["title"] == "gate: original"
        assert tags["comment"] == "Missing pictures: 000000000"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_sound_stays_in_step_where_it_begins_later(tmp_path: Path, suffix: str) -> None:
    packets = tapped_packets(sounding_stream(2, "mp2"))
    key = pictures_of(packets)[0]
    late = [packet for packet in packets if not packet.sound or packet.arrived - key.arrived > 0.3]
    record(tmp_path / f"a{suffix}", late)
    wanted = next(packet for packet in late if packet.sound)
    with av.open(str(tmp_path / f"a{suffix}")) as file:
        first = next(packet for packet in file.demux(audio=0) if packet.size)
        assert float(first.pts * first.time_base) == pytest.approx(float((wanted.pts - key.dts) * key.time_base), abs=0.002)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_sound_of_transport_streams_is_copied_without_its_headers(tmp_path: Path, suffix: str) -> None:
    packets = tapped_packets(sounding_stream(2, "aac"))
    recorder = record(tmp_path / f"a{suffix}", packets)
    given = [packet.data[7:] for packet in packets if packet.sound]
    assert sound_in(tmp_path / f"a{suffix}") == given[-recorder.segments[0].sound :]
    assert recorder.segments[0].notes == []
    with av.open(str(tmp_path / f"a{suffix}")) as file:
        assert sum(frame.samples for frame in file.decode(audio=0)) >= 1.5 * 16000


def test_sound_that_a_file_type_cannot_hold_is_encoded_and_said(tmp_path: Path) -> None:
    packets = tapped_packets(sounding_stream(2, "aac"))
    with av.open(str(tmp_path / "telephone.wav"), "w") as file:
        sound = file.add_stream("pcm_mulaw", rate=8000, layout="mono")
        frame = av.AudioFrame(format="s16", layout="mono", samples=160)
        frame.sample_rate = 8000
        file.mux(sound.encode(frame))
    with av.open(str(tmp_path / "telephone.wav")) as file:
        streams = TappedStreams.of(packets[0].streams.pictures, file.streams.audio[0])
    told = [replace(p, streams=streams, data=b"\xff" * 160, pts=(p.pts or 0), time_base=p.time_base) if p.sound else
            replace(p, streams=streams) for p in packets]
    notes = record(tmp_path / "a.mp4", told).segments[0].notes
    assert notes == ["The sound (pcm_mulaw) is written as AAC, because this file type cannot hold it as it is."]
    with av.open(str(tmp_path / "a.mp4")) as file:
        assert file.streams.audio[0].codec_context.name == "aac"
        assert len(list(file.decode(audio=0))) > 1
    assert "as plain samples (PCM)" in record(tmp_path / "b.mkv", told).segments[0].notes[0]
    with av.open(str(tmp_path / "b.mkv")) as file:
        assert file.streams.audio[0].codec_context.name == "pcm_s16le"
        assert sum(frame.samples for frame in file.decode(audio=0)) % 160 == 0


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("b_frames", [0, 2])
def test_no_packet_is_lost_or_doubled_where_a_new_file_begins(tmp_path: Path, suffix: str, b_frames: int) -> None:
    packets = tapped_packets(sounding_stream(4, "mp2", b_frames))
    recorder = record(tmp_path / f"a{suffix}", packets, segment_seconds=1.0)
    paths = [segment.path for segment in recorder.segments]
    assert [path.name for path in paths] == [f"a{suffix}", f"a-2{suffix}", f"a-3{suffix}", f"a-4{suffix}"][: len(paths)]
    assert len(paths) >= 3
    pictures = pictures_of(packets)
    assert list(itertools.chain(*map(pictures_in, paths))) == [units(packet.data) for packet in pictures]
    sound = list(itertools.chain(*map(sound_in, paths)))
    assert sound == [packet.data for packet in packets if packet.sound][-len(sound) :]
    begins = list(itertools.accumulate((segment.pictures for segment in recorder.segments[:-1]), initial=0))
    assert all(pictures[begin].key for begin in begins)
    for begin, segment in zip(begins, recorder.segments, strict=True):
        with av.open(str(segment.path)) as file:
            assert len(list(file.decode(video=0))) == segment.pictures
        wanted = pictures[begin].arrived - pictures[0].arrived
        assert (segment.began - recorder.segments[0].began).total_seconds() == pytest.approx(wanted, abs=0.5)


def test_another_size_begins_a_file_that_is_described_by_it(tmp_path: Path) -> None:
    small = tapped_packets(sounding_stream(1, "mp2"))
    large = tapped_packets(sounding_stream(1, "mp2", 0, (144, 176)), streams=small[0].streams)
    shift = (small[-1].dts or 0) + 3600
    later = [replace(p, pts=(p.pts or 0) + shift, dts=(p.dts or 0) + shift) for p in large]
    recorder = record(tmp_path / "a.mkv", [*small, *later])
    assert [segment.pictures for segment in recorder.segments] == [25, 25]
    assert recorder.segments[1].notes == ["The camera changed the size or the parameters of its picture before this file."]
    sizes = []
    for segment in recorder.segments:
        with av.open(str(segment.path)) as file:
            sizes.append((file.streams.video[0].height, file.streams.video[0].width))
            assert len(list(file.decode(video=0))) == 25
    assert sizes == [(96, 128), (144, 176)]


def test_another_connection_begins_a_file_and_says_what_is_missing_between(tmp_path: Path) -> None:
    first, second = tapped_packets(sounding_stream(1, "mp2")), tapped_packets(sounding_stream(1, "mp2"), began=7.5)
    recorder = record(tmp_path / "a.mkv", [*first, *second])
    assert [segment.pictures for segment in recorder.segments] == [25, 25]
    gap = pictures_of(second)[0].arrived - pictures_of(first)[-1].arrived
    assert recorder.segments[1].notes == [f"The connection was lost: {gap:.1f} s before this file are not recorded."]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_missing_is_said_in_the_file_itself(tmp_path: Path, suffix: str) -> None:
    packets = tapped_packets(sounding_stream(2, "mp2"))
    recorder = PacketRecorder(SegmentNames(tmp_path / f"a{suffix}"))
    pictures = pictures_of(packets)
    for packet in pictures[:15]:
        recorder.write(packet)
    recorder.skip(5)
    for packet in pictures[20:]:
        recorder.write(packet)  # up to the next key frame nothing can be decoded
    recorder.finish()
    assert recorder.segments[0].missing == 9
    assert [units(p.data) for p in (*pictures[:15], *pictures[24:])] == pictures_in(tmp_path / f"a{suffix}")
    with av.open(str(tmp_path / f"a{suffix}")) as file:
        assert {name.lower(): text for name, text in file.metadata.items()}["comment"] == "Missing pictures: 000000009"


def test_a_clock_that_is_set_loses_nothing(tmp_path: Path) -> None:
    packets = pictures_of(tapped_packets(sounding_stream(2, "mp2")))
    moved = [replace(p, pts=(p.pts or 0) + 90000 * 3600, dts=(p.dts or 0) + 90000 * 3600) for p in packets[25:40]]
    back = [replace(p, pts=(p.pts or 0) - 90000 * 60, dts=(p.dts or 0) - 90000 * 60) for p in packets[40:]]
    recorder = record(tmp_path / "a.mkv", [*packets[:25], *moved, *back])
    times = times_in(tmp_path / "a.mkv")
    assert len(times) == 50
    assert all(0 < b - a < 0.5 for a, b in itertools.pairwise(times))
    assert recorder.segments[0].notes == ["2 times the camera's clock jumped; the pictures go on by their arrival there."]


def test_packets_without_times_get_those_of_their_arrival(tmp_path: Path) -> None:
    packets = [replace(p, pts=None, dts=None) for p in pictures_of(tapped_packets(sounding_stream(1, "mp2")))]
    record(tmp_path / "a.mkv", packets)
    assert times_in(tmp_path / "a.mkv") == pytest.approx([p.arrived - packets[0].arrived for p in packets], abs=0.03)


def test_damaged_packets_are_kept_and_counted(tmp_path: Path) -> None:
    packets = [replace(p, damaged=i in (3, 4)) for i, p in enumerate(pictures_of(tapped_packets(sounding_stream(1, "mp2"))))]
    segment = record(tmp_path / "a.mkv", packets).segments[0]
    assert (segment.pictures, segment.damaged) == (25, 2)


def test_a_codec_that_a_file_type_cannot_hold_goes_into_matroska(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "in.webm"), "w") as file:
        stream = file.add_stream("libvpx", rate=25)
        stream.width, stream.height = 64, 48
        for index in range(5):
            picture = av.VideoFrame(64, 48, "yuv420p")
            picture.pts = index
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))
    with av.open(str(tmp_path / "in.webm")) as file:
        streams = TappedStreams.of(file.streams.video[0], None)
        packets = [tapped(p, streams, 0.04 * i) for i, p in enumerate(file.demux(video=0)) if p.size]
    segment = record(tmp_path / "a.mp4", packets).segments[0]
    assert segment.path == tmp_path / "a.mkv"
    assert segment.notes == ["This file is .mkv, because .mp4 cannot hold the camera's codec (vp8)."]
    assert times_in(segment.path) == pytest.approx([0.04 * i for i in range(5)], abs=1e-3)


def test_a_folder_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    recorder = PacketRecorder(SegmentNames(tmp_path / "gone" / "a.mkv"))
    with pytest.raises(OutputError, match="cannot be recorded to"):
        recorder.write(pictures_of(tapped_packets(sounding_stream(1, "mp2")))[0])


def test_names_hold_the_time_of_each_file_and_never_collide(tmp_path: Path) -> None:
    begin = datetime(2026, 1, 31, 12, tzinfo=UTC)
    stamp = f"{begin.astimezone():%Y%m%d-%H%M%S}"
    base = stamped_path(tmp_path / "gate-20200101-000000.mkv", begin)
    assert base.name == f"gate-{stamp}.mkv"
    assert stamped_path(Path("a/gate.mkv"), begin) == Path("a/gate.mkv")
    both = [SegmentNames(base.with_stem(f"{base.stem}-original")) for _ in range(2)]
    made = [names.next(begin) for names in both for _ in range(2)]
    assert len(set(made)) == 4
    assert made[0].name == f"gate-{stamp}-original.mkv"
    assert all(f"-{stamp}-original" in path.name for path in made)
    (tmp_path / "plain-2.mkv").symlink_to(tmp_path / "nowhere")
    plain = SegmentNames(tmp_path / "plain.mkv")
    assert [plain.next(begin).name for _ in range(2)] == ["plain.mkv", "plain-3.mkv"]


def test_parameters_are_found_in_key_packets_alone() -> None:
    key, other = pictures_of(tapped_packets(sounding_stream(1, "mp2")))[:2]
    sets = parameter_sets("h264", key.data)
    assert sets.count(b"\0\0\0\1") == 2
    assert parameter_sets("h264", other.data) == b""
    assert parameter_sets("h264", key.data[4:]) == parameter_sets("vp9", key.data) == b""
    assert size_of("h264", key.data) == (96, 128)
    assert size_of("h264", b"nothing") is None


def test_what_a_jpeg_says_of_its_size_is_found() -> None:
    sizes = []
    for height in (48, 64):
        context = av.CodecContext.create("mjpeg", "w")
        context.width, context.height, context.pix_fmt, context.time_base = 64, height, "yuvj420p", Fraction(1, 25)
        sizes.append(parameter_sets("mjpeg", bytes(context.encode(av.VideoFrame(64, height, "yuvj420p"))[0])))
    assert sizes[0] != sizes[1]
    assert all(sizes)
    assert parameter_sets("mjpeg", b"\xff\xd8\xff") == b""


def test_a_file_can_be_played_when_nothing_ended_it(tmp_path: Path) -> None:
    packets = tapped_packets(sounding_stream(4, "mp2"))
    for suffix in SUFFIXES:
        recorder = PacketRecorder(SegmentNames(tmp_path / f"a{suffix}"))
        for packet in packets:
            recorder.write(packet)
        copy = tmp_path / f"copy{suffix}"
        copy.write_bytes((tmp_path / f"a{suffix}").read_bytes())  # what a kill -9 now would leave
        recorder.finish()
        with av.open(str(copy)) as file:
            assert len(list(file.decode(video=0))) >= 60
