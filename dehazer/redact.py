"""No password leaves this program in a text: addresses, error messages and log lines are cleaned here, in one place. So are names
with control characters, which could make lines of their own or command a terminal.

Passwords are recognised where an address carries them (`scheme://user:password@host`, also with `@`, `:` or `/` inside
the password), as values of parameters with known names (`?pwd=…`), in Authorization headers, and, once `remember`ed, anywhere.
"""

from __future__ import annotations

import json
import logging
import re
import threading
from urllib.parse import quote, quote_plus, unquote

HIDDEN = "•••"
_SHORTEST = 3  # replacing one- or two-letter passwords everywhere would only make texts unreadable, and so reveal them
_USERINFO = re.compile(r"(?<=://)[^\s'\"<>]*@")
_PARAMETER = re.compile(r"(?i)(?:(?<=(_))|\b)"
                        r"(pass(?:word|wd|w|phrase)|(?:login)?pass?|pswd|pwd|token|auth|secret|api_?key|access_?key)="
                        r"((?:(?(1)(?!_[a-z]+=[^&\s'\"<>;=]))[^&\s'\"<>;])+)")
"""Some cameras put parameters into the path, "user=admin_password=…_channel=1": after "_", a value ends before the next one."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters of ASCII and Latin 1, separators of lines and paragraphs, and what turns the direction of writing."""
_HEADER = re.compile(r"(?i)\b((?:proxy-)?authorization\s*:\s*)[^\r\n]+")

_secrets: set[str] = set()
_lock = threading.Lock()


def remember(secret: str | None) -> None:
    """Hide this password, plain, percent-encoded and as Python and JSON write it, in every text from now on.

    None and very short ones are ignored.
    """
    if secret and len(secret) >= _SHORTEST:
        quoted = (repr(secret), ascii(secret), json.dumps(secret), json.dumps(secret, ensure_ascii=False))
        spellings = {secret, unquote(secret), quote(secret, safe=""), quote(secret), quote_plus(secret),
                     *(text[1:-1] for text in quoted)}
        with _lock:
            _secrets.update(text for text in spellings if len(text) >= _SHORTEST)  # "%41" is "A", which every text may hold


def redacted(text: str) -> str:
    """The text without any password in it."""
    with _lock:
        known = sorted(_secrets, key=len, reverse=True)
    for secret in known:
        text = text.replace(secret, HIDDEN)
    text = _USERINFO.sub(f"{HIDDEN}@", text)
    text = _PARAMETER.sub(rf"\2={HIDDEN}", text)
    return _HEADER.sub(rf"\1{HIDDEN}", text)


def escaped(line: str) -> str:
    """One line of text for people: control characters, which names and tags may hold, as "\\n", "\\x1b", "\\u202e"."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), line)


def hide_parameters(address: str, placeholder: str = HIDDEN) -> str:
    """An address with the values of its secret parameters (`?pwd=…`) replaced; for what is saved and opened again later."""
    return _PARAMETER.sub(lambda found: f"{found[2]}={placeholder}", address)


def clean(record: logging.LogRecord) -> logging.LogRecord:
    """The record, its message put together, cleaned and made one line, its traceback cleaned too."""
    record.msg, record.args = escaped(redacted(record.getMessage()).rstrip("\r\n")), None
    if record.exc_info and record.exc_info[0] is not None:
        lines = redacted(logging.Formatter().formatException(record.exc_info)).split("\n")
        record.exc_text = "\n".join(map(escaped, lines))
    return record


def module_logger(name: str) -> logging.Logger:
    """The logger of a module of this package. Its records are cleaned before any handler sees them, so a program that only
    uses the library logs no password either, whatever it has set up. Touches no logger but this one.
    """
    logger = logging.getLogger(name)
    logger.addFilter(_pass_cleaned)
    return logger


def _pass_cleaned(record: logging.LogRecord) -> bool:
    clean(record)
    return True


def redact_logging() -> None:
    """Clean every record of every logger from now on. May be called twice.

    A filter on the root logger sees only what is logged to the root itself, so records are cleaned when they are created.
    """
    make = logging.getLogRecordFactory()
    if getattr(make, "redacts", False):
        return

    def made(*args: object, **more: object) -> logging.LogRecord:
        return clean(make(*args, **more))

    made.redacts = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(made)
