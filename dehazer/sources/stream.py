"""Network streams through FFmpeg: RTSP, HTTP, UDP, RTMP, SRT and what else it speaks. Each wait has a hard deadline."""

from __future__ import annotations

import time

import av
from av.container import InputContainer

from dehazer.errors import LinkError
from dehazer.files.media import FFMPEG_ERRORS
from dehazer.sources._stream_errors import check_host, explained, host_of
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.packets import PacketSource
from dehazer.sources.request import SourceRequest

_LATENCY = {  # FFmpeg's options per preset; times in microseconds, sizes in bytes
    "low": {"probesize": "500000", "analyzeduration": "500000", "max_delay": "100000",
            "reorder_queue_size": "8"},
    "balanced": {"probesize": "1000000", "analyzeduration": "1000000", "max_delay": "500000"},
    "smooth": {"probesize": "5000000", "analyzeduration": "3000000", "max_delay": "2000000",
               "reorder_queue_size": "500"},
}


def stream_options(request: SourceRequest) -> dict[str, str]:
    """FFmpeg's options for a request; RTSP runs over TCP unless asked otherwise, because lost packets tear pictures."""
    transport = {"multicast": "udp_multicast"}.get(request.transport, request.transport)
    scheme = request.where.partition("://")[0]
    extra = {"rtsp_transport": transport} if scheme.startswith("rtsp") else {}
    return {**_LATENCY[request.latency], **extra}


class StreamSource(PacketSource):
    """A stream from the network. Raises LinkError (trying again may help), AccessError, InputError or NoVideoError."""

    def __init__(self, request: SourceRequest, interrupt: Interrupt | None = None) -> None:
        interrupt = interrupt or Interrupt()
        check_host(request, interrupt)
        super().__init__(request, _open(request, interrupt), interrupt)

    def read_error(self, error: BaseException, late: bool) -> Exception:
        return explained(error, self.request, late)

    def end_error(self) -> Exception:
        return LinkError(f"{host_of(self.request)} ended the stream.")


def _open(request: SourceRequest, interrupt: Interrupt) -> InputContainer:
    started, options = time.monotonic(), stream_options(request)
    looking = int(options["analyzeduration"]) / 1e6  # an interrupted look at the stream would spoil the reading after it
    try:
        with interrupt.watching():
            return av.open(request.address(), "r", options=options, metadata_errors="replace",
                           timeout=(request.deadline + looking, request.deadline))
    except FFMPEG_ERRORS as error:  # the address in FFmpeg's error holds the password: never chain it
        raise explained(error, request, time.monotonic() - started >= request.deadline) from None
