"""What is shown, and which button, when a camera shows no picture; pure functions of its state and error."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication

from dehazer import AccessError, DehazerError, DeviceError, SessionState
from gui.view.camera_state import DISPLAYS
from gui.view.core_texts import core_text

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Fault:
    """kind: the state, a name in `DISPLAYS`. sentence: what happened. doing: what is being done.

    button, action: text and action (of `gui.actions`) of the one button. details: whether there are more. original: the
    sentence as the core said it, in English; empty where it was none of an error.
    """

    kind: str
    sentence: str
    doing: str = ""
    button: str = ""
    action: str = ""
    details: bool = False
    original: str = ""


def fault_of(shown: str, state: SessionState, error: BaseException | None) -> Fault | None:
    """What to show in the picture's place; None in states that show the picture alone. shown: a name in `DISPLAYS`."""
    if not DISPLAYS[shown].card:
        return None
    if shown == "connecting":
        waiting = translate("faults", "Connected. The first picture is being computed…")
        return Fault(shown, core_text(state.sentence) if state.kind == "opening" else waiting)
    if shown in ("trying", "reconnecting"):
        doing = _attempt(state, shown == "reconnecting")
        return Fault(shown, core_text(state.sentence), doing, translate("faults", "Try again now"), "retry",
                     _has_details(error), state.sentence)
    if shown == "over":
        return Fault(shown, core_text(state.sentence), button=translate("faults", "Play again"), action="retry")
    return _failure(state.sentence, error)


def _attempt(state: SessionState, had_picture: bool) -> str:
    if state.next_in_s is None:
        again, first = translate("faults", "Reconnecting, attempt {}…"), translate("faults", "Connecting, attempt {}…")
        return (again if had_picture else first).format(state.attempt)
    again = translate("faults", "Reconnecting, attempt {}, next in {} s")
    first = translate("faults", "Connecting, attempt {}, next in {} s")
    return (again if had_picture else first).format(state.attempt + 1, max(1, round(state.next_in_s)))


def _failure(sentence: str, error: BaseException | None) -> Fault:
    if isinstance(error, AccessError):
        button, action = translate("faults", "Enter user and password…"), "password"
    elif isinstance(error, DeviceError):
        button, action = translate("faults", "Compute on the processor"), "cpu"
    elif error is not None and not isinstance(error, DehazerError):
        return Fault("failed", core_text(sentence), button=translate("faults", "Start again"), action="retry", details=True)
    else:
        button, action = translate("faults", "Try again"), "retry"
    return Fault("failed", core_text(sentence), button=button, action=action, details=_has_details(error), original=sentence)


def _has_details(error: BaseException | None) -> bool:
    return isinstance(error, DehazerError) and bool(error.detail)
