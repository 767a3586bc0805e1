"""Sentences of the core in the user's language. The core speaks English; the frequent ones that the window shows have a template.

What has no template is shown as the core says it. `tests/gui/test_core_texts.py` finds templates that the core says no more.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

TEMPLATES: tuple[str, ...] = (
    # network streams
    QT_TRANSLATE_NOOP("core", "{host} does not accept this user name and password; check both."),
    QT_TRANSLATE_NOOP("core", "{host} asks for a user name and a password; enter both."),
    QT_TRANSLATE_NOOP("core", "{host} gave no picture for {seconds} seconds; check that it is on and connected."),
    QT_TRANSLATE_NOOP("core", "{host} refuses the connection; check the port, and that the camera's stream is switched on."),
    QT_TRANSLATE_NOOP("core", "{host} has no stream at this address; check the part behind the host name."),
    QT_TRANSLATE_NOOP("core", "{host} answers with an error of its own; it may be starting or overloaded."),
    QT_TRANSLATE_NOOP("core", "{host} sends something that is not a video."),
    QT_TRANSLATE_NOOP("core", "The connection to {host} was lost or could not be made; check cable, network and address."),
    QT_TRANSLATE_NOOP("core", "The name {host} could not be looked up within {seconds} seconds; check the network."),
    QT_TRANSLATE_NOOP("core", "There is no host called {host}; check the name and the network."),
    QT_TRANSLATE_NOOP("core", "{host} ended the stream."),
    # cameras of this computer
    QT_TRANSLATE_NOOP("core", "There is no camera at {device}; plug one in or choose another source."),
    QT_TRANSLATE_NOOP("core", "There is no camera {device}; plug one in or choose another source."),
    QT_TRANSLATE_NOOP("core", "There is no camera called {device} (found: {found}); plug it in or choose another one."),
    QT_TRANSLATE_NOOP("core", "The camera {device} gave no picture for {seconds} seconds."),
    QT_TRANSLATE_NOOP("core", "The camera {device} was unplugged."),
    QT_TRANSLATE_NOOP("core", "The camera {device} was unplugged or stopped."),
    QT_TRANSLATE_NOOP("core", "The camera {device} may not be used; add this user to the group “video”, or allow camera access."),
    QT_TRANSLATE_NOOP("core", "The camera {device} is in use by another program; close that program."),
    QT_TRANSLATE_NOOP("core", "The camera {device} does not offer this size or frame rate; choose others."),
    QT_TRANSLATE_NOOP("core", "The camera {device} cannot be read; plug it in again or choose another source."),
    # files
    QT_TRANSLATE_NOOP("core", "{file} does not exist; check the name."),
    QT_TRANSLATE_NOOP("core", "{file} is not a video, or it is damaged so early that nothing can be read."),
    QT_TRANSLATE_NOOP("core", "Nothing in {file} can be decoded; the file is damaged."),
    # states of a session
    QT_TRANSLATE_NOOP("core", "Not started yet."),
    QT_TRANSLATE_NOOP("core", "Starting…"),
    QT_TRANSLATE_NOOP("core", "Connecting to {name}…"),
    QT_TRANSLATE_NOOP("core", "Loading the model {model}…"),
    QT_TRANSLATE_NOOP("core", "{name} has ended."),
    QT_TRANSLATE_NOOP("core", "Stopped."),
    QT_TRANSLATE_NOOP("core", "Something unexpected happened; this session has ended."),
    # publishing
    QT_TRANSLATE_NOOP("core", "Pictures are sent to {name}."),
    QT_TRANSLATE_NOOP("core", "{host} does not accept this user name and password for publishing; check both."),
    QT_TRANSLATE_NOOP("core", "{host} refuses the connection; check the port, and that it is ready to receive."),
    QT_TRANSLATE_NOOP("core", "{host} knows nothing at this address; check the part behind the host name."),
    QT_TRANSLATE_NOOP("core", "{host} takes no more pictures; check that it is on and connected."),
    QT_TRANSLATE_NOOP("core", "{host} cannot be reached; check that it is on and connected."),
    QT_TRANSLATE_NOOP("core", "FFmpeg does not take the address {address}; check host, port and path."),
    # finding cameras
    QT_TRANSLATE_NOOP("core", "{host} refuses the connection; check that ONVIF is switched on in the camera."),
    QT_TRANSLATE_NOOP("core", "{host} did not answer within {seconds} s; check the camera and the network."),
    QT_TRANSLATE_NOOP("core", "{host} cannot be reached; check the camera and the network."),
    QT_TRANSLATE_NOOP(
        "core", "{host} does not accept this user and password for ONVIF; check both, and that the user may use ONVIF."),
    # what the governor gave up
    QT_TRANSLATE_NOOP("core", "16-bit numbers"),
    QT_TRANSLATE_NOOP("core", "grid of {lines} lines"),
    QT_TRANSLATE_NOOP("core", "field kept for {count} frames"),
    QT_TRANSLATE_NOOP("core", "every 2nd frame"),
    QT_TRANSLATE_NOOP("core", "every 4th frame"),
    # measured times
    QT_TRANSLATE_NOOP("core", "{candidate}: {ms} ms a frame ({others})"),
    QT_TRANSLATE_NOOP("core", "{candidate}: {ms} ms a frame"),
)
"""What the core says; names in braces stand for what changes. Of two that fit, the first one counts."""

_FIELD = re.compile(r"\\\{(\w+)\\\}")


@lru_cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((template, re.compile(_FIELD.sub(r"(?P<\1>.+?)", re.escape(template)), re.DOTALL)) for template in TEMPLATES)


@lru_cache(maxsize=256)
def _found(sentence: str) -> tuple[str, dict[str, str]] | None:
    for template, pattern in _patterns():
        if (match := pattern.fullmatch(sentence)) is not None:
            return template, match.groupdict()
    return None


def core_text(sentence: str) -> str:
    """A sentence of the core in the user's language; unchanged where there is no template for it."""
    found = _found(sentence)
    return sentence if found is None else QCoreApplication.translate("core", found[0]).format(**found[1])
