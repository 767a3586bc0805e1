"""Translations: every text has one, what is loaded is what is edited, and a German window is German and fits."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PyQt6.QtCore import QCoreApplication, QLocale
from PyQt6.QtGui import QFontMetrics, QKeySequence
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.action import key_text
from gui.actions import ACTIONS
from gui.dialogs.keys import KeysDialog
from gui.dialogs.source import SourceDialog
from gui.languages import ENGLISH, LANGUAGES
from gui.main_window import MainWindow
from gui.review.time_text import date_text
from gui.saved_source import SavedSource
from gui.theme import SMALL, font
from gui.translation import FOLDER, install, system_language
from gui.widgets.collapsible import CollapsibleSection
from gui.widgets.controls import DropDown
from tests.gui.conftest import PATIENCE
from tests.gui.fitting import clipped, shown_text

ROOT = Path(__file__).parents[2]
OTHERS = [language for language in LANGUAGES if language != ENGLISH]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """scripts/translations.py as a module."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "scripts" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def messages(language: str) -> Iterator[tuple[str, str, str]]:
    """(context, source, translation) of every text."""
    for context in ElementTree.parse(FOLDER / f"dehazer_{language}.ts").getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name") or "", message.findtext("source") or "", message.findtext("translation") or ""


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_in_the_file_and_translated(language: str, script: ModuleType) -> None:
    assert not script.outdated(language), "run scripts/translations.py"
    assert script.untranslated(script.file_of(language)) == []
    assert len(list(messages(language))) > 200


def test_what_is_loaded_is_what_is_edited(translated: str) -> None:
    loaded = {(context, source): QCoreApplication.translate(context, source) for context, source, _ in messages(translated)}
    assert loaded == {(context, source): translation for context, source, translation in messages(translated)}


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_are_kept(language: str) -> None:
    for _, source, translation in messages(language):
        assert sorted(re.findall(r"\{[^}]*\}", source)) == sorted(re.findall(r"\{[^}]*\}", translation)), source


def test_no_class_with_texts_has_subclasses_of_its_own() -> None:
    """tr() looks a text up under the name of the object's class, so a subclass would not find those of its base."""
    with_texts, bases = set(), set()
    for file in (ROOT / "gui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases |= {base.id for base in node.bases if isinstance(base, ast.Name)}
                calls = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
                if any(isinstance(func, ast.Attribute) and func.attr == "tr" for func in calls):
                    with_texts.add(node.name)
    assert with_texts & bases == set()


@pytest.mark.parametrize(("system", "language"), [
    (["de-AT", "en"], "de"), (["ja-JP", "fr-CA"], "fr"), (["ja-JP"], "en"), (["C"], "en"), ([], "en"),
])
def test_the_language_follows_the_system(monkeypatch: pytest.MonkeyPatch, system: list[str], language: str) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _self: system)
    assert system_language() == language


@pytest.fixture(params=OTHERS)
def translated(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Another language, in use."""
    translators = install(qapp, request.param)
    assert len(translators) == 2, "Qt's own texts are missing"
    yield request.param
    for translator in translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(QLocale.system())


def overlapping(root: QWidget) -> list[str]:
    """Headings of collapsed sections that run into the note at their right."""
    strong, small = QFontMetrics(font(strong=True)), QFontMetrics(font(SMALL))
    return [section.heading.text() for section in root.findChildren(CollapsibleSection)
            if strong.horizontalAdvance(section.heading.text()) + small.horizontalAdvance(section.heading.note) + 26
            > section.heading.width()]


def elided(root: QWidget) -> list[str]:
    """Chosen entries of drop-downs that are shown with an ellipsis."""
    return [box.currentText() for box in root.findChildren(DropDown)
            if QFontMetrics(box.font()).horizontalAdvance(box.currentText()) > box.width() - 40]


def texts_of(root: QWidget) -> set[str]:
    return {shown_text(widget) for widget in root.findChildren(QWidget)} - {""}


def test_a_translated_window_is_translated_and_fits(translated: str, make_window: Callable[[], MainWindow], qtbot: QtBot,
                                                    clip: Path) -> None:
    window = make_window()
    window.resize(1280, 900)
    qtbot.waitUntil(lambda: window.engine_loader.engine is not None, timeout=PATIENCE)
    table = {source: translation for _, source, translation in messages(translated)}
    assert table["Drop a video here, or choose a camera"] in texts_of(window.start_page)
    qtbot.waitUntil(lambda: clipped(window.start_page) == [], timeout=PATIENCE)  # the new line is laid out by the next event
    window.opening.open(SavedSource(str(clip), live=True, loop=True))
    qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
    for section in window.inspector.findChildren(CollapsibleSection):
        section.set_open(True)
    QApplication.processEvents()
    assert clipped(window) == []
    assert elided(window.inspector) == []
    content, viewport = window.inspector.widget(), window.inspector.viewport()
    assert content is not None
    assert viewport is not None
    assert content.width() <= viewport.width(), "a row of the inspector is too wide"
    for section in window.inspector.findChildren(CollapsibleSection):
        section.set_open(False)
    assert overlapping(window) == []
    english = {source for source, translation in table.items() if source != translation}
    assert texts_of(window) & english == set()


def test_keys_are_named_in_the_language_and_arrows_stay_arrows(translated: str) -> None:
    assert key_text("Left") == "←"
    assert key_text("Ctrl+Up").endswith("+↑")
    assert key_text("+") == "+"
    assert key_text("Ctrl++") == QKeySequence("Ctrl++").toString(QKeySequence.SequenceFormat.NativeText)
    assert key_text("Space") == {"de": "Leertaste", "fr": "Espace"}[translated]


def test_translated_dialogs_fit(translated: str, themed_app: QApplication, qtbot: QtBot) -> None:
    dialogs: list[QWidget] = [KeysDialog(ACTIONS.values()), SourceDialog(())]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
        QApplication.processEvents()
    source = dialogs[1]
    assert isinstance(source, SourceDialog)
    for kind in ("camera", "url", "file"):
        source.show_kind(kind)
        QApplication.processEvents()
        assert clipped(source) == []
    assert clipped(dialogs[0]) == []
    assert dialogs[0].sizeHint().width() <= 1180  # fits a window of 1280 pixels
    assert dialogs[0].sizeHint().height() <= 700


def test_days_of_the_time_line_have_names_in_the_language_of_the_window(translated: str) -> None:
    day = datetime(2026, 10, 25, tzinfo=UTC)
    assert date_text(day, "dddd d MMMM") == {"de": "Sonntag 25 Oktober", "fr": "dimanche 25 octobre"}[translated]


def test_a_window_in_english_on_a_german_system_has_english_days(qapp: QApplication) -> None:
    QLocale.setDefault(QLocale("de_DE"))
    assert install(qapp, ENGLISH) == []
    assert date_text(datetime(2026, 10, 25, tzinfo=UTC), "dddd") == "Sunday"
    QLocale.setDefault(QLocale.system())
