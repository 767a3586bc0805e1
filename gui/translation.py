"""Loads the translation of the window and Qt's own for a language."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from gui.languages import ENGLISH, LANGUAGES

FOLDER = Path(__file__).parent / "translations"


def system_language() -> str:
    """The first language of the system that the window has; English where there is none."""
    wanted = (QLocale(name).name().partition("_")[0] for name in QLocale.system().uiLanguages())
    return next((language for language in wanted if language in LANGUAGES), ENGLISH)


def install(application: QCoreApplication, language: str) -> list[QTranslator]:
    """Show texts in a language of LANGUAGES from now on, names of days and months too.

    Returns the translators in use; `removeTranslator` takes them back.
    """
    if QLocale().name().partition("_")[0] != language:  # the system's own one also knows the country
        QLocale.setDefault(QLocale(language))
    if language == ENGLISH:
        return []
    own, qt = QTranslator(application), QTranslator(application)
    if not own.load(f"dehazer_{language}", str(FOLDER)):
        raise FileNotFoundError(f"The translation dehazer_{language}.qm is missing in {FOLDER}; install dehazer again.")
    found = [own]
    if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        found.append(qt)  # buttons of Qt's own dialogs; they stay English where the system's Qt has no translations
    for translator in found:
        application.installTranslator(translator)
    return found
