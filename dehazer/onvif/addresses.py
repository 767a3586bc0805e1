"""Addresses that cameras name: only those of the camera that answered are used, whatever it says."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

MAX_ADDRESS = 512
"""Characters."""


def at_host(address: str, host: str, schemes: tuple[str, ...]) -> str | None:
    """`address` with `host` in place of the host that it names; None for what is no address of one of these schemes.

    A camera that was reached under one address often names another one of its own (a second interface, the one from the factory),
    and a hostile one may name a stranger's: a password goes to the host alone that the user entered it for.
    """
    if len(address) > MAX_ADDRESS or not address.isprintable() or any(c in address for c in " \\\"<>"):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in schemes or not parts.hostname:
        return None
    return urlunsplit((parts.scheme, in_url(host) + (f":{port}" if port is not None else ""), parts.path, parts.query, ""))


def in_url(host: str) -> str:
    """A host as it stands in an address: IPv6 in brackets, its zone as it is, because FFmpeg does not decode one."""
    return f"[{host}]" if ":" in host else host


def host_of(address: str) -> str:
    """The host in an address, IPv6 without brackets; empty if there is none. Raises ValueError for what is no address."""
    return urlsplit(address).hostname or ""
