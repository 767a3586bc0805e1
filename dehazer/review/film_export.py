"""Exports of one camera that are computed: a film, dehazed or side by side with the original, or a folder of pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo
from fractions import Fraction
from pathlib import Path

from dehazer.config import DecodeOptions
from dehazer.enhance import Enhancer
from dehazer.files.pictures import PictureNotes
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.live.snapshot import moment_name
from dehazer.moment import Moment
from dehazer.pipeline import Pipeline
from dehazer.review.bookmark import Chapter
from dehazer.review.burn_in import clock_text, labels_of
from dehazer.review.export_context import ExportContext
from dehazer.review.export_control import ExportControl
from dehazer.review.export_request import ExportRequest
from dehazer.review.footage import Footage
from dehazer.review.footage_source import FootageSource, FrameOrigin
from dehazer.sinks.additions import Additions, FilmChapter
from dehazer.sinks.base import Sink, SinkResult
from dehazer.sinks.images import FolderSink
from dehazer.sinks.video import VideoSink
from dehazer.stages.labels import draw

ENHANCED_TITLE = "dehazed (enhanced picture)"
MomentObserver = Callable[[Moment, FrameOrigin], None]


def _unseen(moment: Moment, origin: FrameOrigin) -> None:
    """Do nothing."""


class LabelledSink(Sink):
    """Draws the labels of a request into each frame, and passes it on to another sink under the name of its moment.

    origin: where the frame that was written last is from.
    """

    def __init__(self, inner: Sink, source: FootageSource, request: ExportRequest, zone: tzinfo) -> None:
        self._inner, self._source, self._request, self._zone = inner, source, request, zone
        self.origin: FrameOrigin | None = None
        self._count = 0

    def write(self, frame: Frame) -> None:
        """Draw and pass on."""
        origin = self.origin = self._source.origins.pop(frame.index)
        self._count += 1
        self._inner.write(self._named(self._labelled(frame, origin), origin))

    def _labelled(self, frame: Frame, origin: FrameOrigin) -> Frame:
        wanted = self._request.burn_in
        if wanted.nothing:
            return frame
        clock = clock_text(origin.when, self._zone, origin.recording.time_source) if wanted.clock else ""
        return draw(frame, labels_of(wanted, self._request.kind, origin.recording.camera, clock), self._source.info.rotation)

    def _named(self, frame: Frame, origin: FrameOrigin) -> Frame:
        if self._request.kind != "pictures":
            return frame
        local = origin.when.astimezone(self._zone)
        name = f"{moment_name(origin.recording.camera, local)}-{self._count:06d}.png"
        texts = (("Title", ENHANCED_TITLE), ("Source", origin.recording.camera), ("Creation Time", origin.when.isoformat()))
        return replace(frame, transfer=PictureNotes(Path(name), texts=texts))

    def finish(self) -> SinkResult:
        return self._inner.finish()

    def stop(self) -> SinkResult:
        return self._inner.stop()

    @property
    def warnings(self) -> tuple[str, ...]:
        return self._inner.warnings

    def discard(self) -> None:
        self._inner.discard()


def export_film(request: ExportRequest, camera: str, target: Path, context: ExportContext, control: ExportControl, *,
                observer: MomentObserver = _unseen) -> tuple[str, ...]:
    """Write one film or folder, and show each moment that was written to `observer`.

    Returns what the result holds differently, one sentence each. Raises members of `dehazer.errors`.
    """
    footage = context.footage(request, camera)
    with FootageSource(footage) as source:
        enhancer = Enhancer(context.engine, request.options_of(camera))
        info = enhancer.output_info(source.info)
        with _sink(request, target, info, source, context.chapters(request, camera)) as inner:
            sink = LabelledSink(inner, source, request, context.zone)
            total = max(1, source.info.frames or 1)

            def written(moment: Moment) -> None:
                assert sink.origin is not None
                observer(moment, sink.origin)
                control.step((moment.original.index + 1) / total)

            report = Pipeline(source, enhancer, sink, written).run()
    return report.warnings


def _sink(request: ExportRequest, target: Path, info: VideoInfo, source: FootageSource, marks: tuple[Chapter, ...]) -> Sink:
    if request.kind == "pictures":
        return FolderSink(target)
    first = source.footage.pieces[0]
    additions = Additions(film_tags(request, source.footage), film_chapters(request, source.footage, marks), source.next_seam,
                          keep_partial=False)
    return VideoSink(target, info, request.encode, DecodeOptions(start=first.start, end=first.end), first.recording.path,
                     additions=additions)


def film_tags(request: ExportRequest, footage: Footage) -> dict[str, str]:
    """Descriptions of an exported film."""
    kinds = {"original": "original", "mosaic": f"cameras in step, {ENHANCED_TITLE}"}
    begin = footage.pieces[0].span.start
    return {"title": f"{footage.camera}: {kinds.get(request.kind, ENHANCED_TITLE)}",
            "creation_time": begin.isoformat(timespec="milliseconds"),
            "comment": f"Footage from {begin.isoformat(timespec='milliseconds')}; exported by dehazer"}


def film_chapters(request: ExportRequest, footage: Footage, marks: tuple[Chapter, ...]) -> tuple[FilmChapter, ...]:
    """Bookmarks, and the places where the film goes over a gap, in the film's own time; none where the request wants none."""
    if not request.chapters:
        return ()
    seams = [(gap.end, "after a gap") for gap in footage.gaps if footage.span.start < gap.start and gap.end < footage.span.end]
    length = Fraction(round(footage.duration * 1000), 1000)
    starts = sorted({*((mark.span.start, mark.title) for mark in marks), *seams})
    if not starts:
        return ()
    if footage.seconds(starts[0][0]) > 0:
        starts.insert(0, (footage.span.start, "Beginning"))  # MP4 begins its first chapter at zero, whatever it is told
    times = [Fraction(round(footage.seconds(when) * 1000), 1000) for when, _ in starts]
    ends = [*times[1:], length]
    return tuple(FilmChapter(begin, end, title)
                 for begin, end, (_, title) in zip(times, ends, starts, strict=True) if begin < end)
