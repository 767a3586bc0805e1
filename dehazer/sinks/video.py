"""Frames into a video file, with everything else of the input carried over.

The file is written as OUT.partial.EXT and gets its name when it is complete. What the file type cannot hold is said in
`warnings` before the first frame, or refused.
"""

from __future__ import annotations

import errno
import io
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from dehazer.config import DecodeOptions, EncodeOptions
from dehazer.errors import DehazerError, EncoderError, OutputError
from dehazer.files.containers import clock_note, container_of, muxer_options
from dehazer.files.media import FFMPEG_ERRORS, open_input, picture_stream
from dehazer.files.output_paths import check_folder, check_space, identity, new_partial_file, put_in_place, reason
from dehazer.files.pictures import PictureNotes
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.sinks import _matroska as _mkv
from dehazer.sinks._encoders import has_alpha
from dehazer.sinks._frame_converter import FrameConverter
from dehazer.sinks._input_properties import InputProperties, read_head, read_input_properties
from dehazer.sinks._output_format import EncodingAttempts, carries_aspect, clock_shift, patched
from dehazer.sinks._partial_file import PartialFile, plays
from dehazer.sinks._stream_copier import Span, StreamCopier, cut_chapters, file_tags, is_exotic, stream_tags
from dehazer.sinks._timecode import later
from dehazer.sinks.base import Sink, SinkResult


class VideoSink(Sink):
    """Encodes frames; times, tags, shape and all other streams stay those of the input (`copy_from`, if given).

    info: of the frames that will come. decode: the span the source reads, so that sound is cut alike; with a start, the
    output begins at zero with its first frame. Raises ConfigError, OutputError and EncoderError
    before the first frame where it can.
    """

    def __init__(self, path: Path, info: VideoInfo, encode: EncodeOptions | None = None, decode: DecodeOptions | None = None,
                 copy_from: Path | None = None) -> None:
        self._path, self._before, self._info = path, identity(path), info
        self._encode, self._decode, self._copy_from = encode or EncodeOptions(), decode or DecodeOptions(), copy_from
        self._container = container_of(path)
        check_folder(path.parent)
        self._input: InputContainer | None = None
        self._output: OutputContainer | None = None
        self._frames, self._done = 0, False
        self._partial = new_partial_file(path)
        self._file = PartialFile(self._partial)
        self._notes: dict[str, None] = {}
        try:
            self._prepare()
        except BaseException:
            self._release()
            raise

    def _prepare(self) -> None:
        """All that can go wrong before the first frame goes wrong here."""
        self._note(check_space(self._path.parent, self._copy_from.stat().st_size if self._copy_from else 0))
        self._note(clock_note(self._container, self._info))
        self._properties = self._open_input()
        self._attempts = EncodingAttempts(self._container, self._info, self._encode, self._properties)
        self._attempt = self._attempts.next()
        self._note(*self._attempt.notes, *self._losses())
        self._assemble(io.BytesIO(), self._span(Fraction(0)))
        self._close_output()

    def _note(self, *notes: str | None) -> None:
        self._notes.update(dict.fromkeys(n for n in notes if n))

    def _open_input(self) -> InputProperties:
        self._copier: StreamCopier | None = None
        self._tags: dict[str, str] = {}
        if self._copy_from is None:
            return InputProperties()
        self._input = open_input(self._copy_from)
        pictures = picture_stream(self._input, self._copy_from)
        head = read_head(self._input, pictures)
        self._tags = file_tags(self._input)
        self._copier = StreamCopier(self._input, pictures, self._container, head)
        return read_input_properties(self._input, pictures, head)

    def _losses(self) -> list[str]:
        """What this file type cannot hold, one sentence each."""
        title, container = self._container.title, self._container
        lost: list[str] = []
        if self._copier:
            lost += self._copier.left_out + self._copier.other_films
        if self._info.rotation and not container.rotation:
            lost.append(f"{title} cannot say that the film must be turned by {self._info.rotation:g}°; it will lie on its side.")
        if self._input is not None and self._input.chapters() and not container.chapters:
            lost.append(f"{title} cannot hold chapters; they are left out.")
        if self._tags and not container.tags:
            lost.append(f"{title} cannot hold titles and other descriptions; they are left out.")
        if self._copier and not container.languages and (languages := self._copier.languages):
            lost.append(f"{title} cannot name languages ({', '.join(languages)}); they are left out.")
        if self._copier and (shift := self._required_shift()):
            lost.append(self._shift_note(shift))
        if self._copier and container.clock == "rate" and self._copier.latest_start() - self._properties.start > Fraction(1, 20):
            lost.append(f"{title} stores no start times: sound that begins later than the pictures will come too early.")
        if self._properties.captions:
            lost.append("The closed captions inside the pictures are lost.")
        return lost

    def _shift_note(self, shift: Fraction) -> str:
        return f"{self._container.title} cannot hold times before zero: everything is moved by {float(shift) * 1000:.0f} ms."

    def _required_shift(self) -> Fraction:
        if self._copier is None or not self._copier.streams or self._decode.start:
            return Fraction(0)
        if self._container.format in ("matroska", "webm") and self._properties.format.startswith("matroska"):
            return Fraction(0)  # what lies before zero there is the decoder's warm-up, which is stored beside the times
        return clock_shift(self._container, self._properties.earliest)

    def _span(self, first: Fraction) -> Span:
        """The part of the input to carry over, once the time of the first frame is known."""
        wanted = self._decode.end
        end = None if wanted is None else self._properties.start + Fraction(round(wanted * 1_000_000), 1_000_000)
        if not self._decode.start:
            # a picture before zero would be cut off by an edit list, or lose its time in Matroska
            return Span(None, end, max(self._required_shift(), -first if self._container.clock in ("any", "ms") else Fraction(0)))
        return Span(first, end, -first)

    def _assemble(self, target: PartialFile | io.BytesIO, span: Span) -> None:
        """Make the output with all its streams and write its header. target: the file, or memory for a trial."""
        copied = self._copier.streams if self._copier else []
        clocks, texts = [s.time_base for s in copied if s.time_base], any(s.type == "subtitle" for s in copied)
        options = muxer_options(self._container, self._info, clocks, is_exotic(self._tags), texts)
        options |= {"flush_packets": "1"} | (_mkv.OPTIONS if self._odd_pixels() else {})
        try:
            self._output = av.open(target, "w", format=self._container.format, options=options)
            self._stream = self._add_streams(self._output)
            self._set_timecode(self._stream, span)
            self._output.metadata.update(self._tags)
            if self._input is not None and self._container.chapters:
                self._output.set_chapters(cut_chapters(self._input, span))  # type: ignore[arg-type]
            self._output.start_encoding()
        except (*FFMPEG_ERRORS, OSError, ValueError) as error:
            raise self._failure(error, "begun") from error
        self._converter = FrameConverter(self._attempt.settings, span.shift)

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

    def _set_timecode(self, stream: VideoStream, span: Span) -> None:
        """The time of day is that of the first picture written, which a span begins with."""
        given = self._properties.metadata.get("timecode")
        if given is not None and span.start is not None:
            stream.metadata["timecode"] = later(given, span.start - self._properties.start, self._info.rate)

    def _odd_pixels(self) -> bool:
        """Whether the shape of pixels must be written into the finished file because the codec cannot say it."""
        aspect = self._info.sample_aspect
        return aspect not in (None, 0, 1) and patched(self._container) and not carries_aspect(self._attempt.settings.encoder)

    def write(self, frame: Frame) -> None:
        """Encode one frame. Raises EncoderError or OutputError; a first frame that fails goes to the next encoder."""
        if self._output is None:
            self._begin(frame)
        else:
            self._mux(self._encoded_or_kept(self._converter.picture(frame)))
        self._frames += 1
        clear = isinstance(frame.transfer, PictureNotes) and frame.transfer.alpha is not None
        if clear and not has_alpha(self._attempt.settings.pix_fmt) and not self._properties.pix_fmt:
            self._note("The transparency of the pictures is left out of the video.")

    def _begin(self, frame: Frame) -> None:
        first = Fraction(frame.pts or 0) * frame.time_base
        span = self._span(first)
        if first < 0 and span.shift:
            self._note(self._shift_note(span.shift))
        while True:
            self._file.restart()
            self._assemble(self._file, span)
            try:
                packets = self._encoded(self._converter.picture(frame))
                break
            except EncoderError as error:
                self._attempts.reject(self._attempt, error.detail)
                self._close_output()
                self._attempt = self._attempts.next()
                self._note(*self._attempt.notes)
        if self._copier is not None:
            self._copier.begin(span)
        self._mux(packets)

    def _encoded(self, picture: av.VideoFrame | None) -> list[Packet[VideoStream]]:
        try:
            return [self._converter.timed(packet) for packet in self._stream.encode(picture)]
        except FFMPEG_ERRORS as error:
            sentence = f"The encoder {self._attempt.settings.encoder} failed after {self._frames} frames."
            raise EncoderError(sentence, str(error)) from error

    def _encoded_or_kept(self, picture: av.VideoFrame | None) -> list[Packet[VideoStream]]:
        try:
            return self._encoded(picture)
        except EncoderError as error:
            raise EncoderError(f"{str(error).removesuffix('.')}; {self._keep_partial()}.", error.detail) from error

    def _mux(self, packets: Sequence[Packet[VideoStream]]) -> None:
        assert self._output is not None
        try:
            for packet in packets:
                if self._copier is not None:
                    stamp = packet.dts if packet.dts is not None else packet.pts
                    self._copier.copy_until(self._output, Fraction(stamp or 0) * packet.time_base)
                self._output.mux(packet)
        except (*FFMPEG_ERRORS, OSError, ValueError) as error:
            raise self._failure(error, "written") from error

    def _failure(self, error: BaseException, deed: str) -> DehazerError:
        """The error to raise, after what can be saved was saved."""
        full = errno.ENOSPC in (getattr(error, "errno", None), getattr(self._file.error, "errno", None))
        why = f"The disk of {self._path.parent} is full" if full else (
            f"{self._path} cannot be {deed}: " + (reason(self._file.error) if self._file.error else
                                                  f"the {self._container.title} writer refused"))
        return OutputError(f"{why}; {self._keep_partial()}.", str(self._file.error or error))

    def _keep_partial(self) -> str:
        """Close everything, keep the partial file if it plays, and say which of both."""
        self._close_output()
        self._close_input()
        self._file.close()
        if not self._frames or not plays(self._partial):
            return "nothing was kept"
        self._done = True
        return f"what was written until then ({self._frames} frames at most) is kept as {self._partial}"

    def finish(self) -> SinkResult:
        """Write what the encoder still holds and all remaining sound, and give the file its name."""
        if self._frames == 0:
            self.discard()
            return SinkResult(None, 0, warnings=self.warnings)
        self._complete(everything=True)
        self._done = True
        put_in_place(self._partial, self._path, self._before)
        return SinkResult(self._path, self._frames, warnings=self.warnings)

    def stop(self) -> SinkResult:
        """Make a playable file of what was written, under the partial name."""
        if self._frames == 0 or self._done:
            self.discard()
            return SinkResult(self._partial if self._done and self._frames else None, self._frames, False, self.warnings)
        self._complete(everything=False)
        self._done = True
        return SinkResult(self._partial, self._frames, False, self.warnings)

    def _complete(self, everything: bool) -> None:
        self._mux(self._encoded_or_kept(None))
        assert self._output is not None
        try:
            if self._copier is not None and everything:
                self._copier.copy_until(self._output, None)
            self._output.close()
        except (*FFMPEG_ERRORS, OSError, ValueError) as error:
            raise self._failure(error, "completed") from error
        self._output = None
        self._close_input()
        self._file.close()
        aspect = self._info.sample_aspect
        if aspect and self._odd_pixels() and not _mkv.write_pixel_shape(self._partial, self._info.width, aspect):
            self._note(f"The shape of the pixels ({aspect}) could not be written into the {self._container.title} file.")

    def discard(self) -> None:
        """Remove the partial file, unless it was finished or stopped."""
        if not self._done:
            self._release()
            self._done = True

    def _release(self) -> None:
        self._close_output()
        self._close_input()
        self._file.close()
        self._partial.unlink(missing_ok=True)

    def _close_output(self) -> None:
        output, self._output = self._output, None
        if output is not None:
            try:
                output.close()
            except (*FFMPEG_ERRORS, OSError, ValueError):
                pass  # abandoned: its file is removed or written anew

    def _close_input(self) -> None:
        source, self._input = self._input, None
        if source is not None:
            source.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is lost or different in this file type; complete before the first frame but for what frames bring."""
        converter: FrameConverter | None = getattr(self, "_converter", None)
        return (*self._notes, *(self._copier.warnings if self._copier else ()), *(converter.warnings if converter else ()))
