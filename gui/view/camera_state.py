"""What a camera shows: its state, decided by one function of what is known of it, and what each state shows, in one table.

Window, tiles and marks all ask here. Because the state depends on the facts of now alone, nothing of a former state stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from gui.view import formatting

STALE_NOTE, STALE_ALARM = 1.0, 2.0
"""Seconds without a new picture after which it is said, and said in red."""
STILL_NOTE = 10.0
"""Seconds with pictures that are all the same after which it is said."""

SCENE, FLOW, AGE, FLICKER = "scene", "flow", "age", "flicker"
"""Groups of numbers: what the picture shows; rates and delays; how old it is; how steady the light is."""


@dataclass(frozen=True)
class CameraFacts:
    """What is known of a camera at one instant.

    session: kind of its `SessionState`. file: it can be searched and ends. paused: by the user. started: a picture came since it
    was started. has_picture: one came at all. silent_s: seconds without a picture where one should have come; still_s: with
    pictures that are all the same.
    """

    session: str
    file: bool = False
    paused: bool = False
    started: bool = False
    has_picture: bool = False
    silent_s: float = 0.0
    still_s: float = 0.0


@dataclass(frozen=True)
class StateDisplay:
    """What is shown in one state.

    word: in the bar, not yet translated. role: its colour in the theme. mark: its shape (`gui.widgets.state_mark`). card: a card
    says what happened. faded: the picture is one of the past. badge: over the picture, not yet translated, with the seconds that
    it is about. urgent: the badge is red once they are more than STALE_ALARM. numbers: the groups that describe the present.
    at_end: the time line is at its end and offers to play again.
    """

    word: str
    role: str
    mark: str
    card: bool = False
    faded: bool = False
    badge: str = ""
    urgent: bool = False
    numbers: frozenset[str] = frozenset()
    at_end: bool = False


_ALL = frozenset({SCENE, FLOW, AGE, FLICKER})
_CONNECTING = QT_TRANSLATE_NOOP("state", "connecting")

DISPLAYS: dict[str, StateDisplay] = {
    "connecting": StateDisplay(_CONNECTING, "accent", "ring", card=True),
    "restarting": StateDisplay(_CONNECTING, "accent", "ring", badge=QT_TRANSLATE_NOOP("badge", "Starting again…")),
    "trying": StateDisplay(_CONNECTING, "warning", "half disc", card=True, faded=True),
    "reconnecting": StateDisplay(QT_TRANSLATE_NOOP("state", "reconnecting"), "warning", "half disc", card=True, faded=True),
    "live": StateDisplay(QT_TRANSLATE_NOOP("state", "live"), "live", "disc", numbers=_ALL),
    "playing": StateDisplay(QT_TRANSLATE_NOOP("state", "playing"), "accent", "triangle right", numbers=_ALL),
    "silent": StateDisplay(QT_TRANSLATE_NOOP("state", "no new picture"), "warning", "hollow triangle", urgent=True,
                           badge=QT_TRANSLATE_NOOP("badge", "No new picture for {}"), numbers=frozenset({SCENE, FLOW, AGE})),
    "still": StateDisplay(QT_TRANSLATE_NOOP("state", "unchanged"), "warning", "disc", numbers=_ALL,
                          badge=QT_TRANSLATE_NOOP("badge", "Picture unchanged for {}")),
    "paused": StateDisplay(QT_TRANSLATE_NOOP("state", "paused"), "quiet", "bars", numbers=frozenset({SCENE}),
                           badge=QT_TRANSLATE_NOOP("badge", "Paused")),
    "ended": StateDisplay(QT_TRANSLATE_NOOP("state", "ended"), "quiet", "square", numbers=frozenset({SCENE}), at_end=True),
    "over": StateDisplay(QT_TRANSLATE_NOOP("state", "ended"), "quiet", "square", card=True, faded=True),
    "failed": StateDisplay(QT_TRANSLATE_NOOP("state", "stopped"), "fault", "triangle up", card=True, faded=True),
}
"""By state. "over": a camera that has ended, or a file without any picture; "ended": a file that was played to its end."""


def state_of(facts: CameraFacts) -> str:
    """The state of a camera, a name in DISPLAYS."""
    if facts.session == "failed":
        return "failed"
    if facts.session == "ended":
        return "ended" if facts.file and facts.has_picture else "over"
    if facts.session == "reconnecting":
        return "reconnecting" if facts.started else "trying"
    if facts.session == "opening" or not facts.started:
        return "restarting" if facts.has_picture else "connecting"
    return _state_with_pictures(facts)


def _state_with_pictures(facts: CameraFacts) -> str:
    if facts.paused:
        return "paused"
    if facts.silent_s > STALE_NOTE:
        return "silent"
    if facts.still_s > STILL_NOTE and not facts.file:
        return "still"
    return "playing" if facts.file else "live"


def state_text(state: str) -> str:
    """A state in one or two words, in the user's language."""
    return QCoreApplication.translate("state", DISPLAYS[state].word)


@dataclass(frozen=True)
class Badge:
    """What stands over a picture about its state; no text for nothing. alarm: in red."""

    text: str = ""
    alarm: bool = False


def badge_of(facts: CameraFacts) -> Badge:
    """The badge of a camera, with its seconds."""
    state = state_of(facts)
    shown = DISPLAYS[state]
    seconds = facts.still_s if state == "still" else facts.silent_s
    text = QCoreApplication.translate("badge", shown.badge).format(formatting.age(seconds)) if shown.badge else ""
    return Badge(text, shown.urgent and facts.silent_s > STALE_ALARM)
