"""One film in the making: pictures are encoded and muxed with everything else of the input, wherever the bytes go."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from dehazer.config import DecodeOptions, EncodeOptions
from dehazer.errors import EncoderError
from dehazer.files.containers import Container, clock_note, muxer_options
from dehazer.files.media import FFMPEG_ERRORS, open_input, picture_stream
from dehazer.files.passing_streams import PassingStreams
from dehazer.files.picture_decoder import ALPHA_MARK
from dehazer.files.pictures import PictureNotes
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.sinks import _matroska as _mkv, _quicktime
from dehazer.sinks._descriptions import cut_chapters, file_tags, is_exotic, new_chapters, stream_tags
from dehazer.sinks._encoders import ALPHA_BESIDE, Settings, has_alpha
from dehazer.sinks._film_journal import FilmJournal
from dehazer.sinks._frame_converter import FrameConverter
from dehazer.sinks._input_properties import InputProperties, head_of, read_head, read_input_properties
from dehazer.sinks._losses import cut_sound, late_sound, losses, lost_captions, lost_metadata
from dehazer.sinks._output_format import EncodingAttempt, EncodingAttempts, carries_aspect, clock_shift, patched
from dehazer.sinks._scheduling import share_processor
from dehazer.sinks._stream_copier import StreamCopier
from dehazer.sinks._timecode import later
from dehazer.sinks.additions import Additions, CopiedSpan

MUXING_ERRORS = (*FFMPEG_ERRORS, OSError, ValueError)
"""What goes wrong between the encoder and the bytes of the file."""


class Target(Protocol):
    """Where the bytes go. error: the first failure of the system."""

    error: OSError | None

    def write(self, data: bytes) -> int: ...

    def restart(self) -> None:
        """Forget what was written: another encoder begins. Raises OSError where that is not possible."""
        ...


class FilmWriter:
    """Encodes frames; times, tags, shape and all other streams stay those of the input (`copy_from`, if given).

    frames: given to the encoder so far. journal: makes it resumable; where it holds frames already, these come first and are
    not written again. Raises ConfigError, EncoderError, and MUXING_ERRORS as they come: whoever owns the
    target knows what to say about it.
    """

    def __init__(self, target: Target, container: Container, info: VideoInfo, *, encode: EncodeOptions, decode: DecodeOptions,
                 copy_from: Path | PassingStreams | None, additions: Additions | None = None,
                 journal: FilmJournal | None = None) -> None:
        self._target, self._container, self._info, self._decode = target, container, info, decode
        self._kinds = encode.kept_streams
        self._journal = journal
        self._input: InputContainer | None = None
        self._own_input: InputContainer | None = None
        self._output: OutputContainer | None = None
        self._copier: StreamCopier | None = None
        self._additions, self._notes = additions or Additions(), dict[str, None]()
        self.frames = 0
        self._last_dts: int | None = None
        self._coder: tuple[OutputContainer, VideoStream] | None = None
        self._segment_ended = False
        try:
            self._prepare(encode, copy_from)
        except BaseException:
            self.close()
            raise

    def _prepare(self, encode: EncodeOptions, copy_from: Path | PassingStreams | None) -> None:
        """All that can go wrong before the first frame goes wrong here."""
        self._note(clock_note(self._container, self._info))
        self._properties = self._open_input(copy_from)
        self._attempts = EncodingAttempts(self._container, self._info, encode, self._properties)
        self._attempt = self._attempts.next()
        while self._journal is not None and self._journal.frames and not self._journal.fits(self._attempt.settings):
            self._attempt = self._next_that_fits(self._journal)
        self._try_header()
        self._note(*self._attempt.notes, *self._losses())

    def _try_header(self) -> None:
        """Some codecs are refused only when the header is written: then the next way to encode. Raises MUXING_ERRORS."""
        while True:
            try:
                self._assemble(io.BytesIO(), self._span(Fraction(0)))
            except MUXING_ERRORS as error:
                self._attempts.reject(self._attempt, str(error))
                try:
                    self._attempt = self._attempts.next()
                except EncoderError:
                    raise error from None  # it is not the codec's fault
            else:
                return
            finally:
                self._close_output()

    def _next_that_fits(self, journal: FilmJournal) -> EncodingAttempt:
        """The first encoder may have failed at its first frame in the run before; a further one may be what was used."""
        asked = self._attempt.settings
        try:
            return self._attempts.next()
        except EncoderError as error:
            raise journal.refusal(asked) from error

    def _note(self, *notes: str | None) -> None:
        self._notes.update(dict.fromkeys(n for n in notes if n))

    def _open_input(self, copy_from: Path | PassingStreams | None) -> InputProperties:
        self._tags = dict(self._additions.tags)
        if copy_from is None:
            return InputProperties()
        if isinstance(copy_from, PassingStreams):
            self._input, pictures, passing = copy_from.container, copy_from.pictures, copy_from
            head = head_of(copy_from.picture, copy_from.waiting)
        else:
            self._input, passing = open_input(copy_from), None
            self._own_input = self._input
            pictures = picture_stream(self._input, copy_from)
            head = read_head(self._input, pictures)
        self._tags |= file_tags(self._input)
        self._copier = StreamCopier(self._input, pictures, self._container, head, self._kinds, passing=passing)
        if passing is not None and not passing.described:
            return InputProperties()
        found = read_input_properties(self._input, pictures, head)
        progressive = replace(found.flags, fields="progressive") if self._decode.deinterlace else found.flags
        return replace(found, flags=progressive)

    def _losses(self) -> list[str]:
        """What this file type cannot hold, one sentence each."""
        chapters = bool(self._additions.chapters or (self._input is not None and self._input.chapters()))
        tags = self._tags.keys() - ({"timecode"} if self._container.format == "mxf" else ())  # which is a track there
        lost = [*losses(self._container, self._info, self._copier, chapters=chapters, tags=bool(tags))]
        if self._copier and (shift := self._required_shift()):
            lost.append(self._shift_note(shift))
        lost += late_sound(self._container, self._copier, self._properties)
        lost += cut_sound(self._container, self._copier)
        lost += lost_metadata(self._properties)
        return [*lost, *(lost_captions(self._attempt.settings.encoder) if self._properties.captions else ())]

    def _shift_note(self, shift: Fraction) -> str:
        return f"{self._container.title} cannot hold times before zero: everything is moved by {float(shift) * 1000:.0f} ms."

    def _required_shift(self) -> Fraction:
        if self._copier is None or not self._copier.streams or self._decode.start:
            return Fraction(0)
        if self._container.format in ("matroska", "webm") and self._properties.format.startswith("matroska"):
            return Fraction(0)  # what lies before zero there is the decoder's warm-up, which is stored beside the times
        return clock_shift(self._container, self._properties.earliest)

    def _span(self, first: Fraction) -> CopiedSpan:
        """The part of the input to carry over, once the time of the first frame is known."""
        wanted = self._decode.end
        end = None if wanted is None else self._properties.start + Fraction(round(wanted * 1_000_000), 1_000_000)
        if not self._decode.start:
            # a picture before zero would be cut off by an edit list, or lose its time in Matroska
            earliest = -first if self._container.clock in ("any", "ms") else Fraction(0)
            return CopiedSpan(None, end, max(self._required_shift(), earliest))
        return CopiedSpan(first, end, -first)

    def _assemble(self, target: Target | io.BytesIO, span: CopiedSpan) -> None:
        """Make the output with all its streams and write its header. target: the file, or memory for a trial."""
        self._output = self._opened(target)
        self._stream = self._add_streams(self._output)
        self._set_timecode(self._stream, span)
        self._output.metadata.update(self._tags)
        if self._container.chapters:
            self._output.set_chapters(self._chapters(span))  # type: ignore[arg-type]
        self._output.start_encoding()
        self._converter = FrameConverter(self._attempt.settings, span.shift)

    def _chapters(self, span: CopiedSpan) -> list[dict[str, object]]:
        if self._additions.chapters:
            return new_chapters(self._additions.chapters)
        return [] if self._input is None else cut_chapters(self._input, span)

    def _opened(self, target: Target | io.BytesIO) -> OutputContainer:
        copied = self._copier.streams if self._copier else []
        options = muxer_options(self._container, self._info, [s.time_base for s in copied if s.time_base], is_exotic(self._tags))
        options |= {"flush_packets": "1"} | (_mkv.OPTIONS if self._odd_pixels() else {})
        return av.open(target, "w", format=self._container.format, options=options)

    def _add_streams(self, output: OutputContainer) -> VideoStream:
        """The input's streams in the input's order, the pictures among them."""
        copied = self._copier.streams if self._copier else []
        place = self._copier.picture_index if self._copier else 0
        for stream in copied:
            if stream.index < place:
                self._copier.add_to(output, stream)  # type: ignore[union-attr]
        pictures = self._add_pictures(output)
        for stream in copied:
            if stream.index > place:
                self._copier.add_to(output, stream)  # type: ignore[union-attr]
        return pictures

    def _add_pictures(self, output: OutputContainer) -> VideoStream:
        settings, properties = self._attempt.settings, self._properties
        stream = output.add_stream(settings.encoder, rate=settings.rate or Fraction(25))
        assert isinstance(stream, VideoStream)
        settings.apply(stream.codec_context)
        stream.time_base = settings.time_base
        stream.metadata.update(stream_tags(properties.metadata, self._container))
        if has_alpha(settings.pix_fmt) and settings.encoder in ALPHA_BESIDE:
            stream.metadata[ALPHA_MARK] = "1"
        if self._odd_pixels():
            _mkv.leave_room(stream)
        if properties.disposition:
            stream.disposition = properties.disposition  # type: ignore[assignment]
        if properties.stream_id and self._container.format == "mpegts":
            stream.id = properties.stream_id
        if properties.matrix and properties.rotation == self._info.rotation:
            stream.set_display_matrix(properties.matrix)
        elif self._info.rotation:
            stream.set_display_rotation(self._info.rotation)
        return stream

    def _set_timecode(self, stream: VideoStream, span: CopiedSpan) -> None:
        """The time of day is that of the first picture written, which a span begins with."""
        given = self._properties.metadata.get("timecode")
        if given is not None and span.start is not None:
            stream.metadata["timecode"] = later(given, span.start - self._properties.start, self._info.rate)

    def _odd_pixels(self) -> bool:
        """Whether the shape of pixels must be written into the finished file because the codec cannot say it."""
        aspect = self._info.sample_aspect
        return aspect not in (None, 0, 1) and patched(self._container) and not carries_aspect(self._attempt.settings.encoder)

    @property
    def settings(self) -> Settings:
        """What the encoder was told."""
        return self._attempt.settings

    def write(self, frame: Frame) -> None:
        """Encode one frame; a first frame that fails goes to the next encoder."""
        if not self.begun:
            self._begin(frame)
        else:
            self._mux(self._encoded(self._converter.picture(frame)))
        self.frames += 1
        clear = isinstance(frame.transfer, PictureNotes) and frame.transfer.alpha is not None
        if clear and not has_alpha(self._attempt.settings.pix_fmt) and not self._info.transparent:
            self._note("The transparency of the pictures is left out of the video.")
        if isinstance(frame.transfer, PictureNotes) and frame.transfer.captions:
            self._note(*lost_captions(self._attempt.settings.encoder))

    def _begin(self, frame: Frame) -> None:
        first = Fraction(frame.pts or 0) * frame.time_base
        span = self._span(first)
        if first < 0 and span.shift:
            self._note(self._shift_note(span.shift))
        packets = self._first_packets(frame, span)
        if self._copier is not None:
            self._copier.begin(span, self._additions.following)
        if self._journal is not None:
            self._journal.begin(self._attempt.settings, first)
        self._mux(packets)

    @property
    def begun(self) -> bool:
        """Whether the file has a header, and so settings that stay."""
        return self._output is not None

    def resume(self) -> None:
        """Begin with everything that the runs before had done, from their journal; nothing if there is none."""
        journal = self._journal
        if journal is None or journal.first is None:
            return
        span = self._span(journal.first)
        self._target.restart()
        self._assemble(self._target, span)
        if self._copier is not None:
            self._copier.begin(span, self._additions.following)
        for packet in journal.packets():
            packet.stream = self._stream
            self._mux_one(packet)
        self.frames = journal.frames
        self._converter.go_on(journal.last)
        self._segment_ended = True

    def end_segment(self, state: bytes) -> None:
        """Empty the encoder and commit all packets to the journal; what follows goes to a new encoder."""
        if self._journal is None:
            return
        self._mux(self._encoded(None))
        self._journal.end_segment(self.frames, self._converter.last, state)
        self._converter.go_on(self._converter.last)
        self._segment_ended = True

    def _begin_segment(self) -> None:
        """A new encoder, set up exactly as that of the output: in a file of its own that nothing is written to."""
        self._close_coder()
        output = self._opened(io.BytesIO())
        stream = self._add_pictures(output)
        output.start_encoding()
        self._coder, self._segment_ended = (output, stream), False

    def _close_coder(self) -> None:
        coder, self._coder = self._coder, None
        if coder is not None:
            with suppress(*MUXING_ERRORS):  # an empty file in memory
                coder[0].close()

    def _first_packets(self, frame: Frame, span: CopiedSpan) -> list[Packet[VideoStream]]:
        while True:
            self._target.restart()
            self._assemble(self._target, span)
            try:
                return self._encoded(self._converter.picture(frame))
            except EncoderError as error:
                self._attempts.reject(self._attempt, error.detail)
                self._close_output()
                self._attempt = self._attempts.next()
                self._note(*self._attempt.notes)

    def _encoded(self, picture: av.VideoFrame | None) -> list[Packet[VideoStream]]:
        if self._segment_ended:
            self._begin_segment()
        stream = self._stream if self._coder is None else self._coder[1]
        try:
            packets = stream.encode(picture)  # opens the encoder, at first
            share_processor()
            return [self._converter.timed(packet) for packet in packets]
        except FFMPEG_ERRORS as error:
            sentence = f"The encoder {self._attempt.settings.encoder} failed after {self.frames} frames."
            raise EncoderError(sentence, str(error)) from error

    def _mux(self, packets: Sequence[Packet[VideoStream]]) -> None:
        for packet in packets:
            if self._coder is not None and packet.dts is not None and self._last_dts is not None:
                # an encoder that reorders begins before its first picture, where the one before may have ended
                packet.dts = max(packet.dts, self._last_dts + 1)
            packet.stream = self._stream
            if self._journal is not None:
                self._journal.add(packet)
            self._mux_one(packet)

    def _mux_one(self, packet: Packet[VideoStream]) -> None:
        assert self._output is not None
        self._last_dts = packet.dts
        if self._copier is not None:
            stamp = packet.dts if packet.dts is not None else packet.pts
            self._copier.copy_until(self._output, Fraction(stamp or 0) * packet.time_base)
        self._output.mux(packet)

    def complete(self, everything: bool) -> None:
        """Write what the encoder still holds, and the end of the file. everything: and all remaining sound."""
        if not self._segment_ended:
            self._mux(self._encoded(None))
        assert self._output is not None
        if self._copier is not None:
            self._copier.finish(self._output, everything)
        self._output.close()
        self._output = None
        self.close()

    def correct(self, path: Path) -> None:
        """Put into the complete file what the muxer could not say, and take out what it should not. Raises OSError."""
        if self._container.format in _quicktime.FORMATS:
            _quicktime.extend_edits(path)
            if self._copier and self._copier.has_covers:
                _quicktime.remove_empty_tracks(path)
        aspect = self._info.sample_aspect
        if aspect and self._odd_pixels() and not _mkv.write_pixel_shape(path, self._info.width, aspect):
            self._note(f"The shape of the pixels ({aspect}) could not be written into the {self._container.title} file.")

    def close(self) -> None:
        """Give up what is not complete, and close the input. May be called twice."""
        self._close_output()
        self._close_coder()
        source, self._input = self._input, None
        if self._copier is not None:
            self._copier.close()
        if source is not None:
            source.close()

    def _close_output(self) -> None:
        output, self._output = self._output, None
        if output is not None:
            with suppress(*MUXING_ERRORS):  # abandoned: its file is removed or written anew
                output.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is lost or different in this file type; complete before the first frame but for what frames bring."""
        converter: FrameConverter | None = getattr(self, "_converter", None)
        return (*self._notes, *(self._copier.warnings if self._copier else ()), *(converter.warnings if converter else ()))
