"""What live picture is asked for: a camera, an address, or a file played as if it were live."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from dehazer.config import Checked, option
from dehazer.errors import ConfigError
from dehazer.files.addresses import CAMERA_PREFIXES, put_together, without_login
from dehazer.redact import redacted, remember

RequestKind = Literal["camera", "url", "file"]


@dataclass(frozen=True)
class SourceRequest(Checked):
    """Where the picture comes from, and how it is fetched.

    where: an address (rtsp://, http://, udp://, …), the path of a video file, or a camera as "camera:0", "camera:NAME"
    or "/dev/video0". A user name and password inside an address are taken out of it on construction, so `where` and the
    text of this object never hold them; they are joined again, percent-encoded, only when the connection is made.
    """

    where: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    transport: str = option("tcp", "--transport", "how RTSP carries the picture", choices=("tcp", "udp", "multicast", "http"))
    width: int | None = option(None, "--width", "width asked of a camera", unit="pixels", low=16, high=16384)
    height: int | None = option(None, "--height", "height asked of a camera", unit="pixels", low=16, high=16384)
    fps: float | None = option(None, "--fps", "frame rate asked of a camera, or to play a file at", unit="frames/s", low=0.1,
                               high=1000)
    latency: str = option("low", "--latency", "how much is buffered against an uneven network",
                          choices=("low", "balanced", "smooth"))
    deadline: float = option(5.0, "--deadline", "longest silence before the connection counts as lost", unit="s", low=0.2,
                             high=120)
    loop: bool = option(False, "--loop", "begin a file again at its end")

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.where.strip():
            raise ConfigError("No source was given; name a camera, an address such as rtsp://host/path, or a video file.")
        if (self.width is None) != (self.height is None):
            raise ConfigError("--width and --height belong together; give both or neither.")
        self._take_out_login()
        remember(self.password)

    def _take_out_login(self) -> None:
        login = without_login(self.where)
        object.__setattr__(self, "where", login.where)
        if login.user:
            object.__setattr__(self, "user", self.user or unquote(login.user))
            object.__setattr__(self, "password", self.password or (None if login.password is None else unquote(login.password)))

    @property
    def kind(self) -> RequestKind:
        """What `where` names."""
        if self.where.startswith(CAMERA_PREFIXES):
            return "camera"
        return "url" if "://" in self.where and not self.where.startswith("file://") else "file"

    @property
    def path(self) -> Path:
        """The file, for kind "file"."""
        return Path(unquote(urlsplit(self.where).path)) if self.where.startswith("file://") else Path(self.where)

    @property
    def camera(self) -> str:
        """Number, name or device of the camera, for kind "camera"."""
        return self.where.removeprefix("camera:")

    @property
    def name(self) -> str:
        """What people see; never holds a password."""
        return self.path.name if self.kind == "file" else redacted(self.where)

    def address(self) -> str:
        """The address with user and password in it, percent-encoded. For the connection alone: never show or log it."""
        return put_together(self.where, self.user, self.password)

    def with_password(self, user: str | None, password: str | None) -> SourceRequest:
        """The same source for another user."""
        return replace(self, user=user, password=password)
