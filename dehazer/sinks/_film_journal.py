"""The packets of a film's pictures in a journal, so that another run can go on behind them.

Segments begin with an encoder of their own and so with a key frame that refers to nothing before (closed GOP). Only whole
segments count; what was encoded of one that was cut off is encoded again, from the same frames by the same settings.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from av.packet import Packet, PacketSideData, packet_sidedata_type_from_literal
from av.video.stream import VideoStream

from dehazer.errors import UsageError
from dehazer.files.journal import Journal
from dehazer.sinks._encoders import Settings

ENCODING, PACKET = b"E", b"P"
_HEAD = struct.Struct("<qqqqq?B")
"""pts, dts, duration, numerator and denominator of the time base, key frame, number of side data blocks."""
_SIDE = struct.Struct("<II")
_NO_TIME = -(1 << 63)


class FilmJournal:
    """What one VideoSink and the runs before it wrote down. first: seconds of the film's first picture, None if there is none."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        known = next((content for kind, content in journal.records() if kind == ENCODING), None)
        facts: dict[str, Any] = {} if known is None else json.loads(known)
        self.first = Fraction(facts["first"]) if facts else None
        self._encoding: dict[str, Any] | None = facts.get("encoding")

    @property
    def frames(self) -> int:
        """Frames whose packets are here."""
        return self._journal.progress.frames

    @property
    def last(self) -> int | None:
        """pts of the last of them, in the encoder's time base."""
        return self._journal.progress.last

    def fits(self, settings: Settings) -> bool:
        """Whether what is here was encoded so."""
        return self._encoding == _described(settings)

    def refusal(self, settings: Settings) -> UsageError:
        """The error for settings that do not fit."""
        before = (self._encoding or {}).get("encoder", "another one")
        return UsageError(f"{self._journal.path} was begun with the encoder {before}, which is not what is used now "
                          f"({settings.encoder}); give --codec as before, or remove it to begin anew.")

    def begin(self, settings: Settings, first: Fraction) -> None:
        """The first picture was encoded so, and shows at `first` seconds."""
        self.first, self._encoding = first, _described(settings)
        self._journal.append(ENCODING, json.dumps({"first": str(first), "encoding": self._encoding}).encode())

    def begin_run(self, partial: Path) -> None:
        """Remember the file that this run will fill, before it is there."""
        progress = self._journal.progress
        self._journal.commit(replace(progress, partials=(*progress.partials, partial.name)))

    def remove_older_partials(self, current: Path) -> None:
        """Delete the unfinished files of the runs before, whose pictures are all in `current` now."""
        self._journal.remove_partials(but=current)

    def complete(self, frames: int, partial: Path) -> None:
        """The file holds everything; a run that ends before it has its name leaves no frame to be done again."""
        found = partial.stat()
        self._journal.commit(replace(self._journal.progress, frames=frames, complete=(found.st_ino, found.st_size)))

    def add(self, packet: Packet[VideoStream]) -> None:
        """Append a packet as it goes to the muxer."""
        self._journal.append(PACKET, packed(packet))

    def end_segment(self, frames: int, last: int | None, state: bytes) -> None:
        """Everything up to here counts from now on."""
        self._journal.commit(replace(self._journal.progress, frames=frames, last=last, state=state))

    def packets(self) -> Iterator[Packet[VideoStream]]:
        """All packets that count, in decoding order."""
        for kind, content in self._journal.records():
            if kind == PACKET:
                yield unpacked(content)

    def remove(self) -> None:
        """The film is complete."""
        self._journal.remove()


def _described(settings: Settings) -> dict[str, Any]:
    """All that decides how pictures are encoded, as JSON gives it back."""
    facts = {"encoder": settings.encoder, "pix_fmt": settings.pix_fmt, "size": [settings.width, settings.height],
             "time_base": str(settings.time_base), "rate": str(settings.rate), "aspect": str(settings.aspect),
             "color": repr(settings.color), "flags": repr(settings.flags), "options": [list(pair) for pair in settings.options]}
    return facts | {"delay": settings.delay, "tag": settings.tag}


def packed(packet: Packet[VideoStream]) -> bytes:
    """A packet with its times, its mark and its side data."""
    blocks = [(packet_sidedata_type_from_literal(block.data_type), bytes(block))  # type: ignore[arg-type]
              for block in packet.iter_sidedata()]
    base = packet.time_base
    head = _HEAD.pack(_NO_TIME if packet.pts is None else packet.pts, _NO_TIME if packet.dts is None else packet.dts,
                      packet.duration or 0, base.numerator, base.denominator, packet.is_keyframe, len(blocks))
    return b"".join([head, *(_SIDE.pack(kind, len(data)) + data for kind, data in blocks), bytes(packet)])


def unpacked(content: bytes) -> Packet[VideoStream]:
    """The packet that `packed` was given; it belongs to no stream yet."""
    pts, dts, duration, numerator, denominator, key, count = _HEAD.unpack_from(content)
    at, blocks = _HEAD.size, []
    for _ in range(count):
        kind, size = _SIDE.unpack_from(content, at)
        at += _SIDE.size
        block = PacketSideData(kind, size)  # type: ignore[call-arg]  # its stub hides the constructor
        block.update(content[at:at + size])
        blocks.append(block)
        at += size
    packet = Packet(content[at:])
    packet.pts, packet.dts = (None if time == _NO_TIME else time for time in (pts, dts))
    packet.time_base, packet.duration, packet.is_keyframe = Fraction(numerator, denominator), duration, key
    for block in blocks:
        block.to_packet(packet)
    return cast("Packet[VideoStream]", packet)
