"""Passwords of cameras: in the system's keyring where the keyring package offers one, else asked for again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from gui.choice import Choice

SERVICE = "dehazer"


def available() -> bool:
    """Whether there is a keyring to put a password into."""
    return _keyring() is not None


def recall(choice: Choice) -> str | None:
    """The password kept for this camera's user and host; None where there is none. May wait for the keyring."""
    keyring = _keyring()
    if keyring is None or not choice.user:
        return None
    try:
        found = keyring.get_password(SERVICE, entry(choice))
    except keyring.errors.KeyringError:
        return None  # locked or out of reach: the user is asked instead
    return str(found) if found is not None else None


def keep(choice: Choice, password: str) -> bool:
    """Put a password into the keyring; returns whether it is there now."""
    keyring = _keyring()
    if keyring is None or not choice.user:
        return False
    try:
        keyring.set_password(SERVICE, entry(choice), password)
    except keyring.errors.KeyringError:
        return False
    return True


def entry(choice: Choice) -> str:
    """What a password is kept under: user and host."""
    return f"{choice.user}@{urlsplit(choice.where).netloc}"


def _keyring() -> Any:
    """The keyring package with a working back end, or None."""
    try:
        import keyring
        import keyring.errors
        from keyring.backends.fail import Keyring as Nothing
    except ImportError:
        return None
    return None if isinstance(keyring.get_keyring(), Nothing) else keyring
