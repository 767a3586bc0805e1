"""What to say, and what to offer, when a camera shows no picture; pure functions of its state and error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PyQt6.QtCore import QCoreApplication

from dehazer import AccessError, DehazerError, DeviceError
from gui.session import Status

Action = Literal["", "retry", "password", "cpu", "details"]


@dataclass(frozen=True)
class Fault:
    """kind: of the state. sentence: what happened. doing: what is being done. button, action: the one thing to press."""

    kind: str
    sentence: str
    doing: str = ""
    button: str = ""
    action: Action = ""
    details: bool = False


def _tr(words: str) -> str:
    return QCoreApplication.translate("faults", words)


def fault_of(state: Status, has_picture: bool) -> Fault | None:
    """What to show in the picture's place; None while the picture is as it should be."""
    if state.kind in ("live", "paused"):
        return None
    if state.kind == "opening":
        return None if has_picture else Fault("opening", state.sentence)
    if state.kind == "reconnecting":
        return Fault("reconnecting", state.sentence, _attempt(state), _tr("Try again now"), "retry", _has_details(state.error))
    if state.kind == "ended":
        return Fault("ended", state.sentence, button=_tr("Play again"), action="retry")
    return _failure(state.sentence, state.error)


def _attempt(state: Status) -> str:
    if state.next_in_s is None:
        words = _tr("Reconnecting, attempt {} …") if state.begun else _tr("Connecting, attempt {} …")
        return words.format(state.attempt)
    words = _tr("Reconnecting, attempt {}, next in {} s") if state.begun else _tr("Connecting, attempt {}, next in {} s")
    return words.format(state.attempt + 1, max(1, round(state.next_in_s)))


def _failure(sentence: str, error: BaseException | None) -> Fault:
    if isinstance(error, AccessError):
        return Fault("failed", sentence, button=_tr("Enter user and password …"), action="password", details=_has_details(error))
    if isinstance(error, DeviceError):
        return Fault("failed", sentence, button=_tr("Compute on the processor"), action="cpu", details=_has_details(error))
    if error is not None and not isinstance(error, DehazerError):
        return Fault("failed", sentence, button=_tr("Start again"), action="retry", details=True)
    return Fault("failed", sentence, button=_tr("Try again"), action="retry", details=_has_details(error))


def _has_details(error: BaseException | None) -> bool:
    return isinstance(error, DehazerError) and bool(error.detail)
