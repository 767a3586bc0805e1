"""Sentences of the core as the window shows them: found by a template, in the user's language, with what changes in them."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import av.error
import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import dehazer
from dehazer import SessionState, SourceRequest
from dehazer.engine.tuning import Choice
from dehazer.live.governor import quality_steps
from dehazer.sources._stream_errors import explained
from gui.languages import ENGLISH
from gui.review.camera_pane import CameraPane
from gui.view.core_texts import TEMPLATES, _found, core_text
from gui.view.faults import fault_of

FIELD = re.compile(r"\{\w+\}")
IN_PARTS = ("publishing", "ready to receive", "knows nothing", "takes no more pictures", "cannot be reached; check that it is on")
"""Of sentences that the core puts together."""


@cache
def said() -> frozenset[str]:
    """Every text in the sources of the core, with {} for what is put into it."""
    texts = set()
    for file in Path(dehazer.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                texts.add("".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values))
    return frozenset(texts)


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_core_says_what_there_is_a_template_for(template: str) -> None:
    if any(part in template for part in IN_PARTS):
        pieces = re.split(r"[;.] ?", FIELD.sub("", template).strip())
        assert all(any(piece in text for text in said()) for piece in pieces)
    elif "ms a frame" in template or "frames" in template or "lines" in template:
        return  # below
    else:
        assert FIELD.sub("{}", template) in said()


def test_whatever_the_governor_gives_up_has_a_template() -> None:
    names = {step.name for half in (False, True) for field in (False, True) for step in quality_steps(half, field)} - {""}
    assert {name for name in names if _found(name) is None} == set()


@pytest.mark.parametrize("error", [
    av.error.ConnectionRefusedError, av.error.HTTPUnauthorizedError, av.error.HTTPNotFoundError, av.error.HTTPServerError,
    av.error.InvalidDataError, av.error.TimeoutError, av.error.OSError,
])
def test_what_is_said_of_a_stream_has_a_template(error: type[av.error.FFmpegError]) -> None:
    sentence = str(explained(error(1, "words", None), SourceRequest("rtsp://gate:554/a")))
    found = _found(sentence)
    assert found is not None
    assert found[1]["host"] == "gate:554"


def test_measured_times_have_a_template() -> None:
    text = str(Choice("bf16", 2, {"bf16, 2 threads": 12.3, "fp32, 2 threads": 40.0}))
    assert _found(text) is not None
    assert core_text("bf16: 12.3 ms a frame") == "bf16: 12.3 ms a frame"


def test_a_sentence_is_in_the_language_and_keeps_what_changes(language: str, themed_app: QApplication) -> None:
    sentence = "gate:554 refuses the connection; check the port, and that the camera's stream is switched on."
    shown = core_text(sentence)
    assert "gate:554" in shown
    assert (shown == sentence) == (language == ENGLISH)
    assert "320" in core_text("grid of 320 lines")
    assert core_text("Something nobody foresaw {here}.") == "Something nobody foresaw {here}."
    fault = fault_of("reconnecting", SessionState("reconnecting", sentence, 1, None), None)
    assert fault is not None
    assert (fault.sentence, fault.original) == (shown, sentence)


def test_a_camera_of_the_review_says_in_the_language_why_there_is_no_picture(language: str, themed_app: QApplication,
                                                                             qtbot: QtBot) -> None:
    pane = CameraPane("Gate")
    qtbot.addWidget(pane)
    pane.show_text("", "/films/gate.mp4 does not exist; check the name.")
    assert "/films/gate.mp4" in pane.sentence
    assert ("does not exist" in pane.sentence) == (language == ENGLISH)
    assert pane.accessibleDescription() == pane.sentence
