"""Addresses of live pictures: URL schemes to read and to send to, names of this machine's cameras, and logins in addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from dehazer.errors import ConfigError
from dehazer.redact import HIDDEN, redacted, remember

URL_SCHEMES = ("rtsp", "rtsps", "http", "https", "udp", "tcp", "tls", "rtp", "rtmp", "rtmps", "srt", "mms", "mmsh")
CAMERA_PREFIXES = ("camera:", "/dev/video")
VIRTUAL_CAMERA = "virtualcam:"
"""As an output: the virtual camera of this machine; a device may stand behind it."""
OUTPUT_MUXERS = {"rtsp": "rtsp", "rtsps": "rtsp", "srt": "mpegts", "udp": "mpegts", "tcp": "mpegts", "tls": "mpegts",
                 "rtp": "rtp_mpegts", "rtmp": "flv", "rtmps": "flv"}
"""Schemes that pictures can be sent to → FFmpeg's muxer for them."""
_KEYED = ("rtmp", "rtmps")
"""Schemes whose last part of the path is a key that lets anybody publish."""
_LONG_KEY = 12

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


def is_output_address(where: str) -> bool:
    """Whether the name of an output is an address in the network, known or not."""
    scheme, mark, _ = where.partition("://")
    return bool(mark) and scheme.isalnum() and scheme != "file"


def put_together(where: str, user: str | None, password: str | None) -> str:
    """The address with user and password in it, percent-encoded. For the connection alone: never show or log it."""
    if not user:
        return where
    scheme, _, rest = where.partition("://")
    secret = f":{quote(password, safe='')}" if password is not None else ""
    return f"{scheme}://{quote(user, safe='')}{secret}@{rest}"


@dataclass(frozen=True)
class OutputAddress:
    """Where pictures are sent. where: without user and password, which the text of this object never holds."""

    where: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parsed(cls, text: str) -> OutputAddress:
        """Of what the user typed; its password is hidden in every text from now on. Raises ConfigError."""
        login = without_login(text)
        user, password = (None if part is None else unquote(part) for part in (login.user, login.password))
        remember(password)
        address = cls(login.where, user or None, password)
        if len(key := address.key) >= _LONG_KEY:
            remember(key)
        return address

    @property
    def scheme(self) -> str:
        """"rtsp" of rtsp://host/path."""
        return self.where.partition("://")[0].lower()

    @property
    def has_key(self) -> bool:
        """Whether the last part of the path is a key that lets anybody publish."""
        return self.scheme in _KEYED

    @property
    def key(self) -> str:
        """The secret part of the path, empty for schemes that have none."""
        return self.where.rpartition("/")[2] if self.has_key and self.where.count("/") > 3 else ""

    @property
    def name(self) -> str:
        """What people see; never holds a password."""
        shown = redacted(self.where)
        return f"{shown.rpartition('/')[0]}/{HIDDEN}" if self.key else shown

    @property
    def host(self) -> str:
        """Host and port as people say them: "cam.example:554"."""
        try:
            parts = urlsplit(self.where)
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            return self.name
        return f"{parts.hostname or self.name}{port}"

    def complete(self) -> str:
        """With user and password. For the connection alone: never show or log it."""
        return put_together(self.where, self.user, self.password)
