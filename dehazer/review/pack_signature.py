"""Ed25519 signatures of evidence packs (RFC 8032), through the library `cryptography`, which the extra [signature] installs."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dehazer.errors import InputError, OutputError, OutputExistsError, UsageError
from dehazer.files.output_paths import reason
from dehazer.review.pack_verification import PackVerdict, SignatureState, Step, compare_pack, no_step

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

CONTEXT = b"dehazer evidence pack 1\n"
"""Stands before the manifest in what is signed, so that a signature of a pack is one of nothing else."""
INSTALL = 'install it with: pip install "dehazer[signature]"'


def fingerprint_of(public: bytes) -> str:
    """A public key in few letters, as OpenSSH writes fingerprints: "SHA256:…". public: its 32 bytes."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(public).digest()).decode().rstrip("=")


def make_key(path: Path) -> str:
    """Make a key, readable by its owner alone; returns its fingerprint. Raises OutputExistsError, OutputError, UsageError."""
    _need_library()
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    data = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
    except FileExistsError as error:
        raise OutputExistsError(f"{path} exists already and may be a key; choose another name.") from error
    except OSError as error:
        raise OutputError(f"The key cannot be written to {path}: {reason(error)}.", str(error)) from error
    return fingerprint_of(key.public_key().public_bytes_raw())


def key_fingerprint(path: Path) -> str:
    """The fingerprint of a key file. Raises InputError, UsageError."""
    return fingerprint_of(_private_key(path).public_key().public_bytes_raw())


def sign(manifest: bytes, path: Path) -> dict[str, str]:
    """The content of signature.json. Raises InputError for what is no key, UsageError without the library."""
    key = _private_key(path)
    public = key.public_key().public_bytes_raw()
    return {"algorithm": "Ed25519", "public_key": public.hex(), "fingerprint": fingerprint_of(public),
            "signature": key.sign(CONTEXT + manifest).hex()}


def check_signature(manifest: bytes, content: Mapping[str, Any]) -> tuple[SignatureState, str]:
    """Whether signature.json signs this manifest, and a sentence that names the key. Does not raise."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return "unchecked", f"The pack is signed, but to check the signature needs the library cryptography; {INSTALL}."
    try:
        public = bytes.fromhex(content["public_key"])
        name = fingerprint_of(public)
        if content["algorithm"] != "Ed25519" or content["fingerprint"] != name:
            return "invalid", "The signature names another key than it holds."
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(content["signature"]), CONTEXT + manifest)
    except (InvalidSignature, ValueError, KeyError, TypeError):
        return "invalid", "The signature does not fit the manifest: the pack was not signed like this."
    return "valid", f"Signed by the key {name}; compare this fingerprint with the one its owner tells you."


def verify_pack(path: Path, step: Step = no_step) -> PackVerdict:
    """Whether a pack is as it was written, and its signature right; step: called with the share that is done. Raises OSError."""
    return compare_pack(path, check_signature, step)


def _need_library() -> None:
    try:
        import cryptography  # noqa: F401  only whether it is there
    except ImportError as error:
        raise UsageError(f"Signing needs the library cryptography; {INSTALL}.") from error


def _private_key(path: Path) -> Ed25519PrivateKey:
    _need_library()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise InputError(f"The key {path} cannot be read: {reason(error)}.", str(error)) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise InputError(f"{path} is no Ed25519 key without a password; make one with: dehazer-review key FILE.",
                         str(error)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError(f"{path} is a key of another kind; make an Ed25519 key with: dehazer-review key FILE.")
    return key
