"""Addresses with user names and passwords that a person could have typed: @ : / % ? #, percent-encoded or not, and Unicode."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from hypothesis import strategies as st

MARK = "Zq7wK"
"""Stands at both ends of every drawn password, so that a rest of one is found in any text."""
_CHARACTERS = st.one_of(st.sampled_from("@:/%?#&=+;,!$~\\"), st.sampled_from("aZ9ü€漢"),
                        st.characters(exclude_categories=["C", "Z"]))
_PARTS = st.text(_CHARACTERS.filter(lambda one: one not in "'\"<>"), max_size=10)


@dataclass(frozen=True)
class TypedLogin:
    """user, password: what is meant. written: "user:password" as it stands in an address."""

    user: str
    password: str
    written: str

    def address(self, scheme: str, rest: str) -> str:
        """scheme://user:password@rest."""
        return f"{scheme}://{self.written}@{rest}"


@st.composite
def typed_logins(draw: st.DrawFn) -> TypedLogin:
    """User names and passwords of all kinds, each encoded or not."""
    user, password = "u" + draw(_PARTS), f"{MARK}{draw(_PARTS)}{MARK}"
    written = [quote(text, safe="") if draw(st.booleans()) else text for text in (user, password)]
    return TypedLogin(user, password, ":".join(written))
