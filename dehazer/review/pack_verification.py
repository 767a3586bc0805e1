"""Whether an evidence pack is as it was written; if not, what was altered, is missing or was added. Standard library only.

A pack is a ZIP file whose manifest.json holds size and SHA-256 of every other member. The comment of the ZIP file is a seal: the
SHA-256 of every byte of the file before it. So any change of any byte is found. Members lie one behind the other, stored as
they are, with nothing between them. Somebody who writes the whole pack anew can make manifest and seal fit: against that there is
the signature, and the fingerprint of the pack, which the operator keeps elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from dehazer.review.operator_log import FIRST, last_hash, log_faults
from dehazer.review.pack_layout import layout_faults, unread

FORMAT, VERSION = "dehazer evidence pack", 1
MANIFEST, SIGNATURE, LOG = "manifest.json", "signature.json", "log.jsonl"
SEAL = b"dehazer evidence pack, sha256 of all bytes before: "
DIGITS = 64
_UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, struct.error, ValueError,
               KeyError, OverflowError)
"""What reading a damaged ZIP file may raise."""
_PIECE = 1 << 20
_LARGEST_TEXT = 256 << 20
"""Bytes of the manifest or the log at most, so that a forged pack cannot fill the memory."""

SignatureState = Literal["none", "valid", "invalid", "unchecked"]
SignatureCheck = Callable[[bytes, Mapping[str, Any]], tuple[SignatureState, str]]
"""Takes the manifest and the content of the signature; returns what is to be said of it."""


@dataclass(frozen=True)
class PackVerdict:
    """altered, missing, added: a sentence each. members: compared. fingerprint: SHA-256 of the manifest, names this pack.

    signature: "unchecked" where the library for it is not installed. signer: fingerprint of the key. signature_text: a sentence.
    """

    altered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    members: int = 0
    fingerprint: str = ""
    signature: SignatureState = "none"
    signer: str = ""
    signature_text: str = "The pack is not signed."

    @property
    def intact(self) -> bool:
        """Whether everything is as it was written, and no signature is wrong."""
        return not (self.altered or self.missing or self.added) and self.signature != "invalid"

    @property
    def faults(self) -> tuple[str, ...]:
        """All that is wrong."""
        wrong = (self.signature_text,) if self.signature == "invalid" else ()
        return (*self.altered, *self.missing, *self.added, *wrong)


class _Findings:
    """What is found on the way."""

    def __init__(self) -> None:
        self.altered: list[str] = []
        self.missing: list[str] = []
        self.added: list[str] = []

    @property
    def nothing(self) -> bool:
        return not (self.altered or self.missing or self.added)


Step = Callable[[float], None]


def no_step(share: float) -> None:
    """Say nothing."""


def compare_pack(path: Path, check: SignatureCheck | None = None, step: Step = no_step) -> PackVerdict:
    """Compare a pack with its own manifest and seal. Raises OSError where the file cannot be read at all, else never.

    check: verifies a signature. step: called with the share of the bytes that are done.
    """
    found = _Findings()
    sealed = _seal_holds(path)
    try:
        with zipfile.ZipFile(path) as pack:
            found.altered += unread(pack)
            if found.nothing:
                found.altered += layout_faults(path, pack, len(SEAL) + DIGITS)
                verdict = _compared(pack, found, check, step)
            else:
                verdict = PackVerdict()
    except _UNREADABLE as error:
        found.altered.append(f"The ZIP file's own directory is damaged, so that its members cannot be listed ({error}).")
        verdict = PackVerdict()
    if not sealed and found.nothing and verdict.signature != "invalid":
        found.altered.append("All members are as recorded, but the ZIP file around them was altered or written anew: the seal at "
                             "its end does not fit.")
    return PackVerdict(tuple(found.altered), tuple(found.missing), tuple(found.added), verdict.members, verdict.fingerprint,
                       verdict.signature, verdict.signer, verdict.signature_text)


def _seal_holds(path: Path) -> bool:
    """Whether the last bytes of the file are the hash of all before them."""
    size = path.stat().st_size
    if size < len(SEAL) + DIGITS:
        return False
    digest, left = hashlib.sha256(), size - DIGITS
    tail = b""
    with path.open("rb") as file:
        while left:
            piece = file.read(min(_PIECE, left))
            if not piece:
                return False
            digest.update(piece)
            tail = (tail + piece)[-len(SEAL):]
            left -= len(piece)
        return tail == SEAL and file.read() == digest.hexdigest().encode()


def _compared(pack: zipfile.ZipFile, found: _Findings, check: SignatureCheck | None, step: Step) -> PackVerdict:
    names = Counter(info.filename for info in pack.infolist())
    found.added += [f"{name} is there {count} times." for name, count in names.items() if count > 1]
    if MANIFEST not in names:
        found.missing.append(f"{MANIFEST} is missing: nothing can be compared.")
        return PackVerdict()
    data, manifest = _manifest(pack)
    if manifest is None:
        found.altered.append(f"{MANIFEST} was altered and cannot be read; nothing else can be compared.")
        return PackVerdict()
    listed: dict[str, Any] = manifest["members"]
    there = {name: _digest(pack, name, listed.get(name), step) for name in names if name not in (MANIFEST, SIGNATURE)}
    _compare_members(listed, there, found)
    if there.get(LOG):
        _compare_log(pack, manifest, found)
    fingerprint, signer = hashlib.sha256(data).hexdigest(), str(manifest.get("signed_by") or "")
    if SIGNATURE in names:
        state, text = _signature(pack, data, signer, found, check)
    else:
        state, text = "none", PackVerdict.signature_text
        found.missing += [f"{SIGNATURE} is missing: the manifest says that the key {signer} signed this pack."] if signer else []
    return PackVerdict(members=len(listed), fingerprint=fingerprint, signature=state, signer=signer, signature_text=text)


def _manifest(pack: zipfile.ZipFile) -> tuple[bytes, dict[str, Any] | None]:
    """The manifest as bytes and as values; None for what is no manifest that this version reads."""
    try:
        data = _text(pack, MANIFEST)
        values = json.loads(data)
        good = values["format"] == FORMAT and values["version"] == VERSION and all(
            isinstance(one["sha256"], str) and isinstance(one["size"], int) for one in values["members"].values())
        return data, values if good else None
    except (*_UNREADABLE, TypeError, AttributeError, RecursionError):
        return b"", None


def _text(pack: zipfile.ZipFile, name: str) -> bytes:
    """A small member. Raises members of _UNREADABLE."""
    if pack.getinfo(name).file_size > _LARGEST_TEXT:
        raise ValueError(f"{name} is too large")
    return pack.read(name)


def _digest(pack: zipfile.ZipFile, name: str, listed: Any, step: Step) -> str:
    """SHA-256 of a member; "" where it cannot be read, or has another size than listed."""
    info = pack.getinfo(name)
    if isinstance(listed, dict) and listed["size"] != info.file_size:
        return ""
    digest, whole = hashlib.sha256(), sum(one.file_size for one in pack.infolist()) or 1
    try:
        with pack.open(info) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                step(min(1.0, (info.header_offset + file.tell()) / whole))
    except _UNREADABLE:
        return ""
    return digest.hexdigest()


def _compare_members(listed: Mapping[str, Any], there: Mapping[str, str], found: _Findings) -> None:
    extra = {name: digest for name, digest in there.items() if name not in listed}
    for name, entry in listed.items():
        if name in there:
            if there[name] != entry["sha256"]:
                found.altered.append(f"{name} was altered.")
            continue
        twin = next((other for other, digest in extra.items() if digest == entry["sha256"]), None)
        if twin is None:
            found.missing.append(f"{name} is missing.")
        else:
            found.altered.append(f"{name} was renamed to {twin}.")
            del extra[twin]
    found.added += [f"{name} was added." for name in extra]


def _compare_log(pack: zipfile.ZipFile, manifest: Mapping[str, Any], found: _Findings) -> None:
    """The chain inside the log, and its end against the manifest's word."""
    try:
        text = _text(pack, LOG).decode("utf-8")
        faults = log_faults(text)
        if not faults and last_hash(text) != manifest.get("log", {}).get("last", FIRST):
            faults = ["the operator log ends with another entry than the manifest says"]
    except (*_UNREADABLE, AttributeError):
        faults = ["the operator log cannot be read"]
    found.altered += [f"{fault[0].upper()}{fault[1:]}." for fault in faults]


def _signature(pack: zipfile.ZipFile, data: bytes, signer: str, found: _Findings,
               check: SignatureCheck | None) -> tuple[SignatureState, str]:
    """What is to be said of the signature that is there."""
    try:
        content = json.loads(_text(pack, SIGNATURE))
        if content["fingerprint"] != signer:
            found.altered.append(f"{SIGNATURE} is of another key than the manifest names.")
    except (*_UNREADABLE, TypeError, RecursionError):
        found.altered.append(f"{SIGNATURE} was altered and cannot be read.")
        return "invalid", "The signature cannot be read."
    return ("unchecked", "The signature was not checked.") if check is None else check(data, content)
