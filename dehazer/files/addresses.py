"""Addresses of live pictures: the URL schemes that can be opened, names of this machine's cameras, and logins in addresses."""

from __future__ import annotations

import re
from typing import NamedTuple

from dehazer.errors import ConfigError

URL_SCHEMES = ("rtsp", "rtsps", "http", "https", "udp", "tcp", "tls", "rtp", "rtmp", "rtmps", "srt", "mms", "mmsh")
CAMERA_PREFIXES = ("camera:", "/dev/video")

_HOST = re.compile(r"(\[[^\]]+\]|[^/?#@:\[\]\s]+)(:\d+)?(?=[/?#]|$)")
_UNCLEAR = ("In this address it is not clear where the password ends, because it holds more than one @, or an @ after the host. "
            "Write / as %2F and @ as %40 in user name, password and path, or give user and password separately.")


class Login(NamedTuple):
    """An address without user and password, and these as they were written in it (percent-encoded or not); None: not in it."""

    where: str
    user: str | None = None
    password: str | None = None


def without_login(address: str) -> Login:
    """Take user and password out of scheme://user:password@host/path, also where they hold / ? # : and @ that are not encoded.

    "udp://@host" holds none: FFmpeg listens there. Raises ConfigError, which repeats nothing of the address, where a part of a
    password could as well be a part of host or path.
    """
    scheme, mark, rest = address.partition("://")
    written, _, host_and_path = rest.rpartition("@")
    if not mark or not written:
        return Login(address)
    plain = _HOST.match(rest) is not None
    ends = [one.end() for one in re.finditer("@", written) if _HOST.match(rest, one.end())]
    if ends or (plain and ":" in written and not rest.startswith("[")):
        raise ConfigError(_UNCLEAR)
    user, colon, password = written.partition(":")
    if plain or not user:
        return Login(address)
    return Login(f"{scheme}://{host_and_path}", user, password if colon else None)
