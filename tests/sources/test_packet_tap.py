"""Packets as they come: complete, in order, whatever is done with the pictures, and valid when the connection is gone."""

from __future__ import annotations

import itertools
from collections import deque
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.packet import Packet

from dehazer.errors import LinkError
from dehazer.files.packet_tap import TappedPacket
from dehazer.sources import open_live
from dehazer.sources._packet_reader import PacketReader
from dehazer.sources.request import SourceRequest
from tests.servers import CameraServer, HttpCamera, RtspCamera
from tests.sounding import packets_of, sounding_stream
from tests.waiting import InThread, never, until


def cut_at_the_end(server: CameraServer) -> None:
    until(lambda: server.sent == len(server.film))
    server.cut()


def all_of(server: CameraServer, paused: bool = False) -> list[TappedPacket]:
    """Every packet of one connection, which ends with the server's film."""
    seen: list[TappedPacket] = []
    with open_live(SourceRequest(server.url)) as source:
        assert source.copyable
        source.tap = seen.append
        if paused:
            source.pause()
        with InThread(lambda: cut_at_the_end(server)), pytest.raises(LinkError):
            deque(source, maxlen=0)
    return seen


@pytest.mark.parametrize("kind", [HttpCamera, RtspCamera])
@pytest.mark.parametrize("paused", [False, True])
def test_every_packet_of_pictures_and_sound_is_given_once_and_in_order(kind: type[CameraServer], paused: bool) -> None:
    film = sounding_stream(2)
    with kind(film=film) as camera:
        seen = all_of(camera, paused)
    pictures = [one for one in seen if not one.sound]
    sound = [one.data for one in seen if one.sound]
    # the last packet of a cut connection is complete only when another one follows
    assert [one.data for one in pictures] == packets_of(film)[: max(49, len(pictures))]
    assert [one.key for one in pictures] == [index % 12 == 0 for index in range(len(pictures))]
    assert sound == packets_of(film, "audio")[: max(25, len(sound))]
    assert {one.time_base for one in seen} == {Fraction(1, 90000)}
    assert [b.dts - a.dts for a, b in itertools.pairwise(pictures)] == [3600] * (len(pictures) - 1)
    assert all(a.arrived <= b.arrived for a, b in itertools.pairwise(seen))


def test_packets_and_their_streams_outlive_the_connection(tmp_path: Path) -> None:
    with HttpCamera(film=sounding_stream(2)) as camera, open_live(SourceRequest(camera.url)) as source:
        seen: list[TappedPacket] = []
        source.tap = seen.append
        for frame in source:
            if frame.index == 20:
                break
    with av.open(str(tmp_path / "copy.mkv"), "w") as file:
        assert seen[0].streams.sound is not None
        targets = [file.add_stream_from_template(one, opaque=True) for one in (seen[0].streams.pictures, seen[0].streams.sound)]
        for one in seen:
            file.mux(one.packet(targets[one.sound]))
    with av.open(str(tmp_path / "copy.mkv")) as file:
        assert len(list(file.decode(video=0))) >= 21
        assert file.streams.audio[0].codec_context.name == "aac"


def test_a_source_without_packets_says_so(film: Path) -> None:
    with open_live(SourceRequest(str(film))) as source:
        assert not source.copyable


def numbered(count: int) -> list[Packet[object]]:
    made = [Packet(bytes([index])) for index in range(count)]
    for index, packet in enumerate(made):
        packet.pts = index
    return made


def reader_of(packets: list[Packet[object]], seen: list[int], error: Exception | None = None) -> PacketReader:
    waiting = iter(packets)

    def read() -> Packet[object] | None:
        packet = next(waiting, None)
        if packet is None and error is not None:
            raise error
        return packet

    return PacketReader(read, lambda packet, _: seen.append(packet.pts) is None, room=4)


def test_reading_waits_for_a_slow_decoder_where_nothing_may_be_lost() -> None:
    seen: list[int] = []
    reader = reader_of(numbered(10), seen)
    first = reader.next()
    until(lambda: len(seen) == 6)  # one was taken, four wait, one is in the hand
    never(lambda: len(seen) > 6)
    rest = [one.packet.pts for one in iter(reader.next, None)]
    assert first is not None
    assert [first.packet.pts, *rest] == list(range(10))
    assert reader.skipped == 0
    reader.join()


def test_reading_never_waits_for_the_decoder_of_a_live_picture() -> None:
    seen: list[int] = []
    reader = reader_of(numbered(10), seen)
    reader.skip_late = True
    first = reader.next()
    until(lambda: len(seen) == 10)
    assert first is not None
    rest = list(iter(reader.next, None))
    reader.join()
    assert (first, *rest)[-1].packet.pts == 9
    assert sum(one.after_gap for one in (first, *rest)) >= 1
    assert reader.skipped + 1 + len(rest) == 10


def test_an_error_of_reading_comes_behind_the_packets_before_it() -> None:
    reader = reader_of(numbered(2), [], LinkError("gone"))
    assert [reader.next().packet.pts for _ in range(2)] == [0, 1]  # type: ignore[union-attr]
    with pytest.raises(LinkError, match="gone"):
        reader.next()
    reader.join()


def test_ending_frees_a_reader_that_waits_for_the_decoder() -> None:
    seen: list[int] = []
    reader = reader_of(numbered(10), seen)
    reader.next()
    until(lambda: len(seen) == 6)
    reader.end()
    reader.join()
    assert len(seen) == 6
