"""The process that sends encoded pictures to an address: `python -m dehazer.sinks._sender`, used by `publish` alone.

A process of its own, because PyAV keeps all other threads of Python waiting while FFmpeg connects: a receiver that does not
answer would hold up pictures on the screen.

Standard input: blocks of a length (4 bytes, big endian) and its bytes, first an order as JSON, then packets as `packed` gives
them. Standard output: one JSON object a line, "sending" once, or "error" at the end.
"""

from __future__ import annotations

import faulthandler
import json
import signal
import sys
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, BinaryIO

import av
import av.error
import av.logging

from dehazer.sinks._film_journal import unpacked


def blocks(stream: BinaryIO) -> Iterator[bytes]:
    """What the other process sends, until it ends or stops in the middle of a block."""
    while len(head := stream.read(4)) == 4:
        size = int.from_bytes(head, "big")
        content = stream.read(size)
        if len(content) < size:
            return
        yield content


def main() -> int:
    """Send until standard input ends; exit code 1 after an error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal reaches this process, too; the other one ends it
    av.logging.set_level(None)
    incoming = blocks(sys.stdin.buffer)
    try:
        _send(json.loads(next(incoming)), incoming)
    except (av.error.FFmpegError, av.error.EOFError, OSError, ValueError) as error:
        _tell(error=type(error).__name__, detail=str(error))
        return 1
    return 0


def _send(order: dict[str, Any], packets: Iterator[bytes]) -> None:
    """order: address, muxer, options, codec, rate, width, height, clock, deadline (seconds of silence)."""
    with av.open(order["address"], "w", format=order["muxer"], container_options=order["options"]) as output:
        stream = output.add_mux_stream(order["codec"], rate=Fraction(order["rate"]), width=order["width"], height=order["height"])
        stream.time_base = Fraction(order["clock"])
        for number, content in enumerate(packets):
            packet = unpacked(content)
            packet.stream = stream  # type: ignore[assignment]
            # ends the process when FFmpeg does not return: Python's own threads cannot run while it connects
            faulthandler.dump_traceback_later(order["deadline"], exit=True)
            output.mux(packet)
            faulthandler.cancel_dump_traceback_later()
            if number == 0:
                _tell(sending=True)
        faulthandler.dump_traceback_later(order["deadline"], exit=True)
    faulthandler.cancel_dump_traceback_later()


def _tell(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")  # to the process that started this one
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
