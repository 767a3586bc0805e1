"""A source as it is saved and shown: a camera, an address or a file, and how it is read. Never holds a password."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from PyQt6.QtCore import QCoreApplication

from dehazer import URL_SCHEMES, VIDEO_SUFFIXES, DehazerError, RequestKind, SourceRequest, hide_parameters, redacted

translate = QCoreApplication.translate

USUAL_PORTS = (80, 443, 554)
"""Of HTTP, HTTPS and RTSP."""
SECRET = "•••"
"""Stands in a saved address where a password was."""


@dataclass(frozen=True)
class SavedSource:
    """One source and how it is read.

    where: as `SourceRequest.where`, without user and password. name: the user's own, may be empty. width, height, fps:
    asked of a camera, None leaves it to the camera. live: a file is played as if it came from a camera (with `loop`,
    again and again); otherwise a file can be searched and stepped.
    """

    where: str
    name: str = ""
    user: str | None = None
    transport: str = "tcp"
    latency: str = "low"
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    live: bool = False
    loop: bool = False

    @property
    def kind(self) -> RequestKind:
        """"camera", "url" or "file"."""
        return self.request().kind

    @property
    def key(self) -> str:
        """What presets and recent sources are saved under; without passwords inside the address."""
        where = hide_parameters(self.where, SECRET)
        return f"{self.user}@{where}" if self.user else where

    def without_secrets(self) -> SavedSource:
        """As it may be saved: passwords inside the address (`?pwd=…`) are left out."""
        return replace(self, where=hide_parameters(self.where, SECRET))

    @property
    def lacks_secret(self) -> bool:
        """Whether a password that belongs into the address was left out."""
        return SECRET in self.where

    def with_secret(self, secret: str | None) -> tuple[SavedSource, str | None]:
        """(source, password) to open it with; a password that belongs into the address is put there."""
        if self.lacks_secret and secret:
            return replace(self, where=self.where.replace(SECRET, quote(secret, safe=""))), None
        return self, secret

    @property
    def title(self) -> str:
        """The name a person gave, else the file's, the host's or the camera's."""
        return self.name or default_name(self)

    def request(self, password: str | None = None) -> SourceRequest:
        """What the core opens. Raises ConfigError naming what is not possible."""
        return SourceRequest(self.where, self.user, password, self.transport, self.width, self.height, self.fps, self.latency,
                             loop=self.loop)

    def to_dict(self) -> dict[str, Any]:
        """For the settings file."""
        return {k: v for k, v in asdict(self).items() if v not in (None, "", False)}


def saved_source_from(data: dict[str, Any]) -> SavedSource | None:
    """A source from the settings file; None for anything that is not one (an older or edited file)."""
    known = {f.name for f in fields(SavedSource)}
    try:
        made = SavedSource(**{k: v for k, v in data.items() if k in known})
        made.request()
    except (TypeError, AttributeError, DehazerError):
        return None
    return made


def parse_source(text: str, live: bool = False) -> tuple[SavedSource, str | None]:
    """(source, password) for what was typed, dropped or given on the command line; user and password leave the address.

    live: play a file as if live, again and again. A bare number means that camera.
    """
    text = text.strip()
    request = SourceRequest(f"camera:{text}" if text.isdigit() else text)
    where = str(request.path.absolute()) if request.kind == "file" else request.where
    as_live = live and request.kind == "file"
    return SavedSource(where, user=request.user, live=as_live, loop=as_live), request.password


def default_name(source: SavedSource) -> str:
    """A short name: the file's, the address without what is always the same, or the camera's."""
    kind = source.kind
    if kind == "file":
        return Path(source.where).name
    if kind == "camera":
        camera = source.request().camera
        return translate("SavedSource", "Camera {}").format(camera) if camera.isdigit() else camera
    return _short_address(source.where) or source.request().name


def _short_address(where: str) -> str:
    """Host, port unless it is the usual one, and path or channel, for several cameras may be behind one host; empty for none."""
    try:
        parts = urlsplit(where)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    own_port = "" if port in (None, *USUAL_PORTS) else f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    return redacted(host + own_port + parts.path.rstrip("/") + query)


def source_error(source: SavedSource) -> str:
    """What is wrong with a source, in one sentence; empty when it can be tried."""
    try:
        kind = source.kind
    except DehazerError as error:
        return str(error)
    if kind == "url":
        return address_error(source.where)
    if kind == "file" and not Path(source.where).exists():
        return translate("SavedSource", "{} does not exist; check the name.").format(source.where)
    return ""


def address_error(where: str) -> str:
    """What is wrong with a network address, in one sentence; empty when it can be tried."""
    scheme = where.partition("://")[0].lower()
    if scheme not in URL_SCHEMES:
        text = translate("SavedSource", "An address begins with one of: {}; for example rtsp://192.168.1.20/stream.")
        return text.format(", ".join(s + "://" for s in URL_SCHEMES[:5]))
    try:
        host = urlsplit(where).hostname
        _ = urlsplit(where).port  # parsed only when asked for
    except ValueError:
        return translate("SavedSource", "The port in this address is not a number from 0 to 65535.")
    if host or scheme in ("udp", "rtp"):
        return ""
    return translate("SavedSource", "This address names no host; for example rtsp://192.168.1.20/stream.")


def video_filter() -> str:
    """The file dialog's filter: videos, or all files."""
    return translate("SavedSource", "Videos ({});;All files (*)").format(" ".join(f"*{s}" for s in VIDEO_SUFFIXES))
