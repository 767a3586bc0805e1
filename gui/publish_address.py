"""An address that pictures are sent to: what may be seen of it, and the secret in it, which goes into a field of its own."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from dehazer import OutputAddress, hide_parameters
from gui.saved_source import SECRET


@dataclass(frozen=True)
class PublishAddress:
    """where: what may be seen; SECRET stands where `password` belongs, unless that is the password of `user`."""

    where: str
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, text: str) -> PublishAddress:
        """Of what was typed or pasted: password, key of a stream or secret parameter leave it. Raises ConfigError."""
        known = OutputAddress.parsed(text)
        if known.user or known.password:
            return cls(known.where, known.user or "", known.password or "")
        if known.key and known.key != SECRET:
            return cls(f"{known.where.removesuffix(known.key)}{SECRET}", password=known.key)
        before, mark, after = hide_parameters(known.where, SECRET).partition(SECRET)
        if not mark or SECRET in after:  # none, or more than one: those stay
            return cls(known.where)
        secret = known.where[len(before):len(known.where) - len(after)]
        return cls(before + SECRET + after, password="" if secret == SECRET else secret)

    @property
    def lacks_secret(self) -> bool:
        """Whether a secret belongs into the address that is not known."""
        return SECRET in self.where and not self.password

    @property
    def lacks_user(self) -> bool:
        """Whether there is a password of nobody, where it cannot be a key."""
        return bool(self.password) and not self.user and SECRET not in self.where and not OutputAddress(self.where).has_key

    def complete(self) -> str:
        """With the secret. For the connection alone: never show or log it."""
        if SECRET in self.where:  # as it was written; a key is no word to be encoded
            return self.where.replace(SECRET, self.password)
        if not self.user:
            return f"{self.where.rstrip('/')}/{self.password}" if self.password else self.where  # a key: see `lacks_user`
        secret = f":{quote(self.password, safe='')}" if self.password else ""
        scheme, mark, rest = self.where.partition("://")
        return f"{scheme}{mark}{quote(self.user, safe='')}{secret}@{rest}"
