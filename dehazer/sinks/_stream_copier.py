"""Everything in the input that is not its pictures, carried over packet for packet; words in another codec where they must be."""

from __future__ import annotations

import io
import itertools
import math
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import AttachmentStream, Discard, Stream
from av.video.stream import VideoStream

from dehazer.config import STREAM_KINDS
from dehazer.files.containers import Container, language_in
from dehazer.files.languages import UNDEFINED
from dehazer.files.media import FFMPEG_ERRORS, is_cover, is_text, open_input, picture_stream
from dehazer.files.passing_streams import PassingStreams
from dehazer.files.time_jumps import TimeJumps, rebased
from dehazer.sinks import _quicktime
from dehazer.sinks._descriptions import stream_tags
from dehazer.sinks._input_properties import InputHead
from dehazer.sinks._text_conversion import TextConversion, conversion_note
from dehazer.sinks.additions import CopiedSpan, FollowingFile

_SEEK_MARGIN = 10
"""Seconds: some containers are searched by the pictures' decoding times, and sound may lie before them."""
_TS_NONSTRICT = 0x20000
"""FFmpeg's AVFMT_TS_NONSTRICT: decoding times may stand still."""
_LATE_TEXT = Fraction(1, 2)
"""Seconds: so much behind the pictures are subtitles written into MP4, so that these begin its pieces: where a subtitle does, the
one before it lasts until then."""
_END_OF_TEXT = b"\0\0"
_TIMELESS_IN_AVI = ("aac", "adpcm_ms", "adpcm_ima_wav")
_AC3_RATE = 192_000


class StreamCopier:
    """Copies all streams but one from an input to an output, kept in step with the encoder by `copy_until`.

    has_covers: whether cover pictures are among them.
    """

    def __init__(self, source: InputContainer, pictures: VideoStream, container: Container, head: InputHead,
                 kinds: frozenset[str] = frozenset(STREAM_KINDS), *, passing: PassingStreams | None = None) -> None:
        """head: what was read of `source` already. kinds: of streams that are wanted, of STREAM_KINDS.

        passing: gives the packets where `source` itself is read by somebody else.
        """
        self._kinds, self._passing = kinds, passing
        self._source, self._container, self._pictures, self._covers = source, container, pictures, head.covers
        self._head = head.packets
        self.picture_index = pictures.index
        self.left_out: list[str] = []
        self.changed: list[str] = []
        self._changing: set[int] = set()
        self._conversions: dict[int, TextConversion] = {}  # by index of the output's stream
        self._kept = [s for s in source.streams if s.index != pictures.index and self._is_copied(s)]
        self.has_covers = any(map(is_cover, self._kept))  # asked for when the input is closed, and its streams are gone
        if passing is not None:
            passing.wanted = {s.index for s in self._kept}
        self._targets: dict[int, Stream] = {}
        self._packets: Iterator[Packet[Stream]] | None = None
        self._pending: Packet[Stream] | None = None
        self._span = CopiedSpan()
        self.broken, self.moved, self.spoilt, self.unmatched = "", 0, 0, 0
        self._base, self._opened = Fraction(0), list[InputContainer]()
        self._looks: dict[int, tuple[object, ...]] = {}
        self._following: Callable[[], FollowingFile | None] = lambda: None
        self._next_tick: dict[int, int] = {}
        self._waiting: deque[tuple[Fraction, tuple[Packet[Stream], Stream, Fraction]]] = deque()  # when; packet, stream, shift
        self._spoken: set[int] = set()

    def _is_copied(self, stream: Stream) -> bool:
        if stream.discard == Discard.all and self._source.chapters():
            return False  # the text track behind QuickTime chapters: written again with the chapters
        if stream.type == "video" and self._source.metadata.get("major_brand") == "avis":
            return False  # the still picture of an AVIF sequence, which the muxer makes again
        if is_timecode(stream) and self._container.tags:
            return False  # written again by the muxer, or kept as a tag, from the metadata of the pictures
        if stream.type not in self._kinds:
            self._leave_out(stream, "as asked")
            return False
        reason = self._refused_cover(stream) if is_cover(stream) else _refusal(stream, self._container)
        if reason is not None and self._container.text and is_text(stream):
            self._changing.add(stream.index)
            self.changed.append(conversion_note(stream, self._container))
            return True
        if reason is not None:
            self._leave_out(stream, f"{self._container.title} cannot hold it")
        return reason is None

    def _leave_out(self, stream: Stream, why: str) -> None:
        codec = stream.codec_context.codec.canonical_name if stream.codec_context else None
        name = "timecode" if is_timecode(stream) else codec or getattr(stream, "name", None) or "unknown"
        label = {"attachment": "The attachment", "data": "The data stream"}.get(stream.type, f"The {stream.type} stream")
        self.left_out.append(f"{label} {stream.index} ({name}) is left out: {why}.")

    def _refused_cover(self, stream: Stream) -> str | None:
        way = self._container.covers
        return None if way == "stream" or (way == "attachment" and stream.index in self._covers) else "covers"

    @property
    def streams(self) -> list[Stream]:
        """The input's streams that will be carried over, in the input's order."""
        return list(self._kept)

    @property
    def source_format(self) -> str:
        """FFmpeg's name of the input's file type."""
        return str(self._source.format.name)

    @property
    def other_films(self) -> list[str]:
        """One sentence for every further stream of pictures, which is not dehazed."""
        return [f"Stream {s.index} is a second film; it is copied as it is." for s in self._kept
                if s.type == "video" and not is_cover(s)]

    @property
    def unnamed_languages(self) -> list[str]:
        """Languages of carried streams that the output cannot say, without doubles."""
        named = [s.metadata.get("language", "") for s in self._kept]
        return [n for n in dict.fromkeys(named) if n not in UNDEFINED and language_in(self._container, n) is None]

    def latest_start(self) -> Fraction:
        """When the last of the sound tracks begins, seconds; 0 if there is none."""
        starts = [Fraction(s.start_time) * s.time_base for s in self._kept if s.type == "audio" and s.start_time and s.time_base]
        return max([Fraction(0), *starts])

    def add_to(self, output: OutputContainer, stream: Stream) -> None:
        """Make the counterpart of one of `streams` in `output`."""
        if is_cover(stream) and self._container.covers == "attachment":
            output.add_attachment(*cover_name(stream), self._covers[stream.index])
            return
        target = self._counterpart(output, stream)
        if stream.type == "subtitle" and self._container.format in _quicktime.FORMATS:
            target.time_base = _quicktime.text_clock(stream.time_base, min(map(_written_clock, (self._pictures, *self._kept))))
        target.disposition = stream.disposition
        target.metadata.update(stream_tags(stream.metadata, self._container))
        if self._container.format == "mpegts":
            target.id = stream.id
        self._targets[stream.index] = target
        self._looks[target.index] = _look(stream)

    def _counterpart(self, output: OutputContainer, stream: Stream) -> Stream:
        if stream.index in self._changing:
            conversion = TextConversion(output, stream, self._container.text)
            self._conversions[conversion.target.index] = conversion
            return conversion.target
        return add_ac3(output, stream) if self._is_ac3_for_avi(stream) else add_copy(output, stream)

    def _is_ac3_for_avi(self, stream: Stream) -> bool:
        """FFmpeg reads a size of blocks from AVI that AC-3 has not, and would write times by it."""
        codec = stream.codec_context.name if stream.codec_context else ""
        return self._container.format == stream.container.format.name == "avi" and codec == "ac3"

    def begin(self, span: CopiedSpan, following: Callable[[], FollowingFile | None] = lambda: None) -> None:
        """Start copying `span`; the targets must have been added. following: the file whose sound comes next, None: none yet."""
        self._following, self._base = following, span.shift
        self._start(span)

    def _start(self, span: CopiedSpan) -> None:
        self._span = span
        moving = [s for s in self._kept if s.index in self._targets and not isinstance(s, AttachmentStream)]
        if not moving:
            return
        if self._passing is not None:
            self._packets = self._passing
            return
        jumps = TimeJumps(self._source).active
        if not jumps:
            self._pictures.discard = Discard.all  # where the demuxer can, it does not even read them
        if span.start is not None:
            self._source.seek(max(0, int((span.start - _SEEK_MARGIN) * av.time_base)))
            self._head = ()
        read = [*moving, *([self._pictures] if jumps else [])]
        known = [packet for packet in self._head if any(packet.stream_index == s.index for s in read)]
        packets = itertools.chain(known, self._source.demux(*read))
        self._packets = rebased(packets, self._source, self._pictures) if jumps else iter(packets)

    def copy_until(self, output: OutputContainer, seconds: Fraction | None) -> None:
        """Write the packets that belong before `seconds` (output time); None: all that are left."""
        while (packet := self._pending or self._next()) is not None:
            if seconds is not None and _time(packet) + self._span.shift > seconds:
                self._pending = packet
                break
            self._pending = None
            item = (packet, self._targets[packet.stream_index], self._span.shift)
            if self._waits(item[1]):
                self._waiting.append((_time(packet) + self._span.shift + _LATE_TEXT, item))
            else:
                self._write(output, *item)
        self._write_waiting(output, seconds)

    def _waits(self, target: Stream) -> bool:
        """Whether it is a subtitle behind another one in a file type whose muxer writes the pause between both itself."""
        if target.type != "subtitle" or self._container.format not in _quicktime.FORMATS:
            return False
        first = target.index not in self._spoken
        self._spoken.add(target.index)
        return not first

    def _write_waiting(self, output: OutputContainer, seconds: Fraction | None) -> None:
        while self._waiting and (seconds is None or self._waiting[0][0] <= seconds):
            self._write(output, *self._waiting.popleft()[1])

    def finish(self, output: OutputContainer, everything: bool) -> None:
        """Write what is still to be written: what has its turn, or everything that is left."""
        if everything:
            self.copy_until(output, None)
        self._write_waiting(output, None)

    def _next(self) -> Packet[Stream] | None:
        while self._packets is not None or self._follow():
            try:
                for packet in self._packets or ():
                    if packet.size and self._inside(packet):
                        return packet
            except FFMPEG_ERRORS as error:
                self.broken = str(error)
            if self._passing is not None:
                return None  # more may come
            self._packets = None
        return None

    def _follow(self) -> bool:
        """Go on with the next file; whether there is one. Its streams go into those of the first file of the same kind."""
        if not self._kept or (file := self._following()) is None:
            return False
        source = open_input(file.path)
        self._opened.append(source)
        targets = self._matched(source)
        self.unmatched += len(set(self._targets.values())) - len(set(targets.values()))
        self._source, self._pictures, self._head = source, picture_stream(source, file.path), ()
        self._kept = [s for s in source.streams if s.index in targets]
        self._targets = targets
        self._start(replace(file.span, shift=file.span.shift + self._base))
        return True

    def _matched(self, source: InputContainer) -> dict[int, Stream]:
        """Index of a stream of `source` → the output's stream that takes its packets: same kind, codec and layout, in order."""
        free = list(dict.fromkeys(self._targets.values()))
        found: dict[int, Stream] = {}
        for stream in source.streams:
            twin = next((target for target in free if _look(stream) == self._looks[target.index]), None)
            if twin is not None and not is_cover(stream):
                free.remove(twin)
                found[stream.index] = twin
        return found

    def close(self) -> None:
        """Close the files that were opened here; the first one is the caller's."""
        for source in self._opened:
            source.close()
        self._opened.clear()

    def _inside(self, packet: Packet[Stream]) -> bool:
        if is_cover(packet.stream):
            return True
        if self._container.format in ("mp4", "mov") and bytes(packet) == _END_OF_TEXT and packet.stream.type == "subtitle":
            return False  # the muxer writes the pause after every subtitle itself; with these it would do so twice
        time = _time(packet)
        return (self._span.start is None or time >= self._span.start) and (self._span.end is None or time < self._span.end)

    def _write(self, output: OutputContainer, packet: Packet[Stream], target: Stream, shift: Fraction) -> None:
        try:
            words = self._conversions[target.index].converted(packet) if target.index in self._conversions else packet
            if words is not None:
                self._mux(output, words, target, shift)
        except av.error.InvalidDataError:  # a packet damaged in the input; the disk and the output are fine
            self.spoilt += 1

    def _mux(self, output: OutputContainer, packet: Packet[Stream], target: Stream, shift: Fraction) -> None:
        ticks = round(shift / packet.time_base)
        if ticks:
            packet.pts = None if packet.pts is None else packet.pts + ticks
            packet.dts = None if packet.dts is None else packet.dts + ticks
        if packet.dts is None and packet.pts is None:
            packet.dts = packet.pts = 0  # a cover picture has no time
        self._keep_order(packet, target, nonstrict=bool(output.format.flags & _TS_NONSTRICT))
        packet.stream = target
        output.mux(packet)

    def _keep_order(self, packet: Packet[Stream], target: Stream, nonstrict: bool) -> None:
        """Muxers refuse decoding times that go back, or stand still, as broken inputs have them."""
        if packet.dts is None or target.time_base is None:
            return
        scale = packet.time_base / target.time_base
        earliest = self._next_tick.get(target.index, math.floor(packet.dts * scale))
        if round(packet.dts * scale) < earliest:
            packet.dts = math.ceil(earliest / scale)
            packet.pts = packet.pts if packet.pts is None else max(packet.pts, packet.dts)
            self.moved += 1
        self._next_tick[target.index] = round(packet.dts * scale) + (0 if nonstrict else 1)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong with copying, so far."""
        notes = []
        if self.spoilt:
            notes.append(f"{self.spoilt} damaged packets of sound or text could not be copied.")
        if self.broken:
            notes.append(f"The input could not be read to its end; sound and subtitles may stop early ({self.broken}).")
        if self.unmatched:
            notes.append(f"{self.unmatched} streams of sound or text are missing or other in one of the files; they pause there.")
        if self.moved:
            notes.append(f"{self.moved} packets of sound or text had times that went back; they were moved.")
        return tuple(notes)


def _look(stream: Stream) -> tuple[object, ...]:
    """What two streams must share for the packets of one to go into the other."""
    context = stream.codec_context
    if context is None or stream.type not in ("audio", "subtitle"):
        return (stream.type, stream.index)
    extra = bytes(context.extradata or b"")
    return stream.type, context.codec.canonical_name, getattr(context, "sample_rate", 0), getattr(context, "channels", 0), extra


def _time(packet: Packet[Stream]) -> Fraction:
    stamp = packet.dts if packet.dts is not None else packet.pts
    return Fraction(stamp or 0) * packet.time_base


def _written_clock(stream: Stream) -> Fraction:
    """Time base in which MP4 holds a stream: the input's, and of sound a sample."""
    samples = stream.sample_rate if isinstance(stream, AudioStream) else 0
    return min(stream.time_base or Fraction(1), Fraction(1, samples or 1)) if stream.type != "subtitle" else Fraction(1)


def is_timecode(stream: Stream) -> bool:
    """Whether this is QuickTime's track of the time of day (SMPTE ST 12), one value for the first picture."""
    return stream.type == "data" and "timecode" in stream.metadata


def cover_name(stream: Stream) -> tuple[str, str]:
    """(file name, type) of a cover picture."""
    ending = {"mjpeg": "jpg"}.get(stream.codec_context.name, stream.codec_context.name)
    name, kind = stream.metadata.get("filename", f"cover.{ending}"), stream.metadata.get("mimetype", "")
    return name, kind or f"image/{'jpeg' if ending == 'jpg' else ending}"


def add_copy(output: OutputContainer, stream: Stream) -> Stream:
    """A stream in `output` for the packets of `stream`, without an encoder."""
    return output.add_stream_from_template(stream, opaque=True)


def add_ac3(output: OutputContainer, stream: Stream) -> Stream:
    """A stream in `output` for AC-3 packets, described by an encoder's own settings, which say nothing of blocks."""
    assert isinstance(stream, AudioStream)
    given = stream.codec_context
    target = output.add_stream("ac3", rate=given.sample_rate, layout=given.layout.name)
    target.codec_context.bit_rate = given.bit_rate or _AC3_RATE
    return target


def _refusal(stream: Stream, container: Container) -> str | None:
    """None if a file of this type takes `stream`, else why not. Found out by writing a header into memory."""
    codec = stream.codec_context.name if stream.codec_context else None
    if codec is None and stream.type == "audio":
        return "FFmpeg does not know its codec"
    if isinstance(stream, AttachmentStream) and not container.attachments:
        return "attachments"
    if container.format == stream.container.format.name == "avi" and codec in _TIMELESS_IN_AVI:
        return "FFmpeg reads no frame size from AVI, without which it writes the packets at wrong times"
    named = {"video": container.films, "subtitle": container.texts}.get(stream.type, ())
    if named and codec not in named:
        return "FFmpeg would write it as data without a name"
    return _refused_header(stream, container)


def _refused_header(stream: Stream, container: Container) -> str | None:
    """None if FFmpeg writes the header of a file with this stream, else its words. Pictures are in it only where they must be."""
    trial = av.open(io.BytesIO(), "w", format=container.format)
    try:
        if container.format == "mxf":
            trial.add_stream("mpeg2video", rate=25).pix_fmt = "yuv420p"
        add_copy(trial, stream)
        trial.start_encoding()
    except (*FFMPEG_ERRORS, ValueError) as error:
        return str(error)
    finally:
        _abandon(trial)
    return None


def _abandon(trial: OutputContainer) -> None:
    try:
        trial.close()
    except (*FFMPEG_ERRORS, ValueError):
        pass  # a trial: its file is memory that is not read
