"""Journals of the parts of one film: read while others write, and put behind each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from dehazer.errors import UsageError
from dehazer.files.journal import Journal, Record, committed
from dehazer.sinks._film_journal import ENCODING, PACKET, packed, unpacked


def encoding_in(path: Path) -> Record | None:
    """The record of how a film is encoded, once it is committed; the journal may be written to meanwhile."""
    with closing(committed(path)) as records:
        return next((record for record in records if record[0] == ENCODING), None)


def joined(journals: Sequence[Journal]) -> Iterator[Record]:
    """The records of a film whose parts lie in these journals.

    Decoding times are moved as one encoder after the other in one run would have moved them (see `FilmWriter`). Raises
    UsageError where a part does not begin behind the one before.
    """
    last_dts: int | None = None
    last_pts: int | None = None
    for number, journal in enumerate(journals):
        high = last_pts
        for kind, content in journal.records():
            if kind == ENCODING and number == 0:
                yield kind, content
            if kind != PACKET:
                continue
            packet = unpacked(content)
            if number and packet.pts is not None and last_pts is not None and packet.pts <= last_pts:
                raise UsageError("The parts of the film overlap: its frames carry no times. Work on it without --ray.")
            if number and packet.dts is not None and last_dts is not None:
                packet.dts = max(packet.dts, last_dts + 1)
            last_dts = packet.dts
            high = packet.pts if high is None or (packet.pts is not None and packet.pts > high) else high
            yield kind, packed(packet)
        last_pts = high
