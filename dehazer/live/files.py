"""Input, enhancer and output of one run, where cameras and streams come back by themselves and receivers are tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dehazer.config import DecodeOptions, EncodeOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.enhance import Enhancer
from dehazer.frames.frame import VideoInfo
from dehazer.live.film import ReconnectingFilm
from dehazer.live.publication import PublicationSink
from dehazer.pipeline import open_files
from dehazer.sinks import Sink, kind_of, open_sink
from dehazer.sources import Source, is_live, open_source

if TYPE_CHECKING:
    from dehazer.files.passing_streams import PassingStreams
    from dehazer.sources.interrupt import Interrupt

Tell = Callable[[str], None]


@contextmanager
def open_run(source: str | Path, target: str | Path, engine: Engine, *, enhance: EnhanceOptions, decode: DecodeOptions,
             encode: EncodeOptions, label: bool = True, interrupt: Interrupt | None = None,
             tell: Tell = lambda _sentence: None) -> Iterator[tuple[Source, Enhancer, Sink]]:
    """As `pipeline.open_files`. tell: gets a sentence whenever a connection is lost or there again, from any thread."""
    live = is_live(str(source))
    film = partial(ReconnectingFilm, tell=tell) if live else open_source
    output = partial(_published, tell=tell) if live and kind_of(target).live else open_sink
    with open_files(source, target, engine, enhance=enhance, decode=decode, encode=encode, interrupt=interrupt, label=label,
                    open_input=film, open_output=output) as parts:
        yield parts


def _published(target: str | Path, info: VideoInfo, encode: EncodeOptions, _decode: DecodeOptions, *, tell: Tell,
               copy_from: Path | PassingStreams | None = None, **_more: object) -> Sink:
    if copy_from is not None and not isinstance(copy_from, Path):
        copy_from.wanted = set()  # sound is not published: none may wait for it
    return PublicationSink(str(target), info, encode, tell)
