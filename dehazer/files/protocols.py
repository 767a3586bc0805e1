"""Which schemes of addresses this build of FFmpeg can open. FFmpeg's bindings are loaded at the first question."""

from __future__ import annotations

from functools import cache

from dehazer.files.addresses import OUTPUT_MUXERS, URL_SCHEMES

_CARRIERS = {"rtsp": "tcp", "rtsps": "tls"}
"""Schemes that are no protocols of FFmpeg's, but formats that go through one."""
_NOWHERE = "127.0.0.1:0"
"""An address that every protocol refuses before it connects."""


@cache
def has_protocol(scheme: str) -> bool:
    """Whether FFmpeg was built with the protocol of `scheme`; nothing is sent anywhere."""
    import av
    import av.error

    try:
        with av.open(f"{_CARRIERS.get(scheme, scheme)}://{_NOWHERE}", "w", format="mpegts") as output:
            output.add_mux_stream("h264", rate=25, width=64, height=48)
            output.start_encoding()
    except av.error.ProtocolNotFoundError:
        return False
    except (av.error.FFmpegError, OSError, ValueError):
        return True
    return True


def readable_schemes() -> tuple[str, ...]:
    """Of the addresses that can be inputs."""
    return tuple(scheme for scheme in URL_SCHEMES if has_protocol(scheme))


def writable_schemes() -> tuple[str, ...]:
    """Of the addresses that dehazed pictures can be sent to."""
    return tuple(scheme for scheme in OUTPUT_MUXERS if has_protocol(scheme))
