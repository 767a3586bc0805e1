"""One call of a camera's service: SOAP 1.2 over HTTP, with the password as a digest (OASIS WSS UsernameToken Profile 1.0)."""

from __future__ import annotations

import base64
import hashlib
import http.client
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from dehazer.errors import AccessError, DehazerError, InputError, LinkError
from dehazer.onvif.addresses import host_of, in_url
from dehazer.onvif.xml import MAX_BYTES, Element, XmlRefused, parse

TIMEOUT, LONGEST = 5.0, 10.0
"""Seconds for each step of a call, and for all of it once connected."""
_WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"

_SECURITY = f"""<s:Header><o:Security s:mustUnderstand="1" xmlns:o="{_WSS}-wssecurity-secext-1.0.xsd"
 xmlns:u="{_WSS}-wssecurity-utility-1.0.xsd"><o:UsernameToken><o:Username>{{user}}</o:Username>
<o:Password Type="{_WSS}-username-token-profile-1.0#PasswordDigest">{{digest}}</o:Password>
<o:Nonce EncodingType="{_WSS}-soap-message-security-1.0#Base64Binary">{{nonce}}</o:Nonce>
<u:Created>{{created}}</u:Created></o:UsernameToken></o:Security></s:Header>"""
_ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">{header}<s:Body>{body}</s:Body></s:Envelope>"""


@dataclass(frozen=True)
class Login:
    """User and password, and how far the camera's clock is from this computer's: a digest counts for a few seconds only."""

    user: str
    password: str
    offset: timedelta = timedelta()

    def header(self) -> str:
        """The security header of one call."""
        nonce = os.urandom(16)
        created = (datetime.now(UTC) + self.offset).strftime("%Y-%m-%dT%H:%M:%SZ")
        digest = password_digest(nonce, created, self.password)
        return _SECURITY.format(user=escape(self.user), digest=digest, nonce=base64.b64encode(nonce).decode(), created=created)

    def __repr__(self) -> str:
        return f"Login({self.user!r})"


def password_digest(nonce: bytes, created: str, password: str) -> str:
    """Base64(SHA-1(nonce + created + password)), as the profile prescribes it."""
    return base64.b64encode(hashlib.sha1(nonce + created.encode() + password.encode(), usedforsecurity=False).digest()).decode()


def call(service: str, body: str, login: Login | None = None) -> Element:
    """Send a request to a service (an address made by `at_host`); returns the answer's body.

    Raises LinkError where the camera cannot be reached, AccessError where it refuses user or password, InputError where what it
    says makes no sense.
    """
    host = host_of(service)
    envelope = _ENVELOPE.format(header=login.header() if login is not None else "", body=body).encode()
    try:
        status, data = _post(service, envelope)
    except (OSError, http.client.HTTPException) as error:
        raise _link_error(host, error) from error
    return _body(host, status, data)


def _post(service: str, envelope: bytes) -> tuple[int, bytes]:
    parts = urlsplit(service)
    connection = _connection(service)
    where = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = in_url(host_of(service).partition("%")[0]) + (f":{parts.port}" if parts.port else "")  # a zone means nothing there
    headers = {"Host": host, "Content-Type": "application/soap+xml; charset=utf-8", "Connection": "close"}
    try:
        connection.connect()
        with _cut_after(LONGEST, connection.sock):
            connection.request("POST", where, envelope, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(MAX_BYTES + 1)
    finally:
        connection.close()


def _connection(service: str) -> http.client.HTTPConnection:
    parts, host = urlsplit(service), host_of(service)
    if parts.scheme == "https":
        # cameras sign their own certificates; those of rtsps are not verified either
        return http.client.HTTPSConnection(host, parts.port or 443, timeout=TIMEOUT, context=_unverified())
    return http.client.HTTPConnection(host, parts.port or 80, timeout=TIMEOUT)


@contextmanager
def _cut_after(seconds: float, connected: socket.socket) -> Iterator[None]:
    """Ends a connection after so many seconds, whatever is sent on it: one byte a second never runs into a timeout."""
    expired = threading.Event()

    def cut() -> None:
        expired.set()
        with suppress(OSError):  # closed already
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
        if expired.is_set():
            raise TimeoutError
    except (OSError, http.client.HTTPException) as error:
        if expired.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()


def _unverified() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _link_error(host: str, error: Exception) -> DehazerError:
    if isinstance(error, ConnectionRefusedError):
        return LinkError(f"{host} refuses the connection; check that ONVIF is switched on in the camera.", str(error))
    if isinstance(error, socket.timeout | TimeoutError):
        return LinkError(f"{host} did not answer within {TIMEOUT:g} s; check the camera and the network.", str(error))
    if isinstance(error, http.client.HTTPException):
        return _no_onvif(host, repr(error))
    return LinkError(f"{host} cannot be reached; check the camera and the network.", str(error))


def _body(host: str, status: int, data: bytes) -> Element:
    if status in (401, 403):
        raise _access_error(host, f"HTTP {status}")
    try:
        root = parse(data)
    except XmlRefused as error:
        raise _no_onvif(host, f"HTTP {status}, {error}") from error
    body = root.first("Body")
    fault = body.first("Fault") if body is not None else None
    if fault is not None:
        _raise_fault(host, fault)
    if body is None or status != 200:
        raise _no_onvif(host, f"HTTP {status}")
    return body


def _raise_fault(host: str, fault: Element) -> None:
    codes = " ".join(value.text.strip().rpartition(":")[2] for value in fault.all("Value"))
    reason = (fault.text_of("Reason", "Text") or fault.text_of("faultstring"))[:300]
    if "NotAuthorized" in codes or "FailedAuthentication" in codes or "not authorized" in reason.lower():
        raise _access_error(host, reason)
    raise InputError(f"{host} refuses the request; enter the address of its stream instead.", f"{codes} {reason}".strip())


def _access_error(host: str, detail: str) -> AccessError:
    sentence = f"{host} does not accept this user and password for ONVIF; check both, and that the user may use ONVIF."
    return AccessError(sentence, detail)


def _no_onvif(host: str, detail: str) -> InputError:
    return InputError(f"{host} does not answer as an ONVIF camera does; enter the address of its stream instead.", detail)
