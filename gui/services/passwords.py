"""Passwords of cameras: in the system's keyring where the keyring package offers one, else they are asked for again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from gui.saved_source import SavedSource

SERVICE = "dehazer"


def available() -> bool:
    """Whether there is a keyring to put a password into."""
    return _keyring() is not None


def load(source: SavedSource) -> str | None:
    """The password stored for this camera's user and host; None where there is none. May wait for the keyring."""
    keyring = _keyring()
    if keyring is None or not source.user:
        return None
    try:
        found = keyring.get_password(SERVICE, account(source))
    except keyring.errors.KeyringError:
        return None  # locked or out of reach: the user is asked instead
    return str(found) if found is not None else None


def store(source: SavedSource, password: str) -> bool:
    """Put a password into the keyring; returns whether it is there now."""
    keyring = _keyring()
    if keyring is None or not source.user:
        return False
    try:
        keyring.set_password(SERVICE, account(source), password)
    except keyring.errors.KeyringError:
        return False
    return True


def account(source: SavedSource) -> str:
    """What a password is stored under: user and host."""
    return f"{source.user}@{urlsplit(source.where).netloc}"


def _keyring() -> Any:
    """The keyring package with a working back end, or None."""
    try:
        import keyring
        import keyring.errors
        from keyring.backends.fail import Keyring as Nothing
    except ImportError:
        return None
    return None if isinstance(keyring.get_keyring(), Nothing) else keyring
