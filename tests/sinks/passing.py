"""A source straight into a sink, as the pipeline does it, without a network between."""

from __future__ import annotations

from pathlib import Path

from dehazer.config import DecodeOptions, EncodeOptions
from dehazer.sinks import SinkResult, open_sink
from dehazer.sources import open_source


def passed(source: Path, target: Path, decode: DecodeOptions | None = None, **encode: object) -> SinkResult:
    """Copy `source` to `target`, decoding and encoding the pictures."""
    decode, options = decode or DecodeOptions(), EncodeOptions(**encode)  # type: ignore[arg-type]
    with open_source(source, decode) as frames, open_sink(target, frames.info, options, decode, copy_from=source) as sink:
        for frame in frames:
            sink.write(frame)
        return sink.finish()
