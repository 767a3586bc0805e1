"""What went wrong with a live source, in one plain sentence without any password."""

from __future__ import annotations

import socket
import threading
from urllib.parse import urlsplit

import av.error

from dehazer.errors import AccessError, DehazerError, InputError, LinkError
from dehazer.files.addresses import URL_SCHEMES
from dehazer.redact import redacted
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.request import SourceRequest

TIMES_UP = (av.error.ExitError, av.error.TimeoutError)


def explained(error: BaseException, request: SourceRequest, late: bool = False) -> DehazerError:
    """The error to raise instead of FFmpeg's. late: the deadline had passed, whatever the code says."""
    host, detail = host_of(request), redacted(str(error))
    if isinstance(error, av.error.HTTPUnauthorizedError | av.error.HTTPForbiddenError):
        return AccessError(f"{host} does not accept this user name and password; check both." if request.user else
                           f"{host} asks for a user name and a password; enter both.", detail)
    if late or isinstance(error, TIMES_UP):
        return LinkError(f"{host} gave no picture for {request.deadline:g} seconds; check that it is on and connected.", detail)
    return _by_code(error, request, host, detail)


def _by_code(error: BaseException, request: SourceRequest, host: str, detail: str) -> DehazerError:
    if isinstance(error, av.error.ConnectionRefusedError):
        return LinkError(f"{host} refuses the connection; check the port, and that the camera's stream is switched on.", detail)
    if isinstance(error, av.error.HTTPNotFoundError):
        return LinkError(f"{host} has no stream at this address; check the part behind the host name.", detail)
    if isinstance(error, av.error.ProtocolNotFoundError):
        return InputError(f"This build of FFmpeg cannot open {request.where.partition('://')[0]}:// addresses.", detail)
    if isinstance(error, av.error.HTTPServerError | av.error.HTTPClientError):
        return LinkError(f"{host} answers with an error of its own; it may be starting or overloaded.", detail)
    if isinstance(error, av.error.InvalidDataError):
        return LinkError(f"{host} sends something that is not a video.", detail)
    return LinkError(f"The connection to {host} was lost or could not be made; check cable, network and address.", detail)


def host_of(request: SourceRequest) -> str:
    """Host and port as people say them: "cam.example:554"."""
    try:
        parts = urlsplit(request.where)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return redacted(request.where)
    return f"{parts.hostname or redacted(request.where)}{port}"


def check_host(request: SourceRequest, interrupt: Interrupt) -> None:
    """Raise InputError for an impossible address, LinkError when the host's name is unknown: FFmpeg would call both an
    input/output error.

    The system's look-up cannot be interrupted, so it runs in a thread of its own that is left to end by itself.
    """
    scheme = request.where.partition("://")[0]
    if scheme not in URL_SCHEMES:
        raise InputError(f"Addresses that begin with {scheme}:// are not known; use one of: {', '.join(URL_SCHEMES)}.")
    try:
        host, _ = urlsplit(request.where).hostname, urlsplit(request.where).port
    except ValueError as error:
        raise InputError(f"{redacted(request.where)} is not a valid address; check host and port.",
                         redacted(str(error))) from None
    if not host or _is_number(host):
        return
    answer: list[OSError] = []
    thread = threading.Thread(target=_look_up, args=(host, answer), name="dehazer-lookup", daemon=True)
    thread.start()
    for _ in range(max(1, round(request.deadline / 0.05))):
        thread.join(0.05)
        if interrupt.is_set or not thread.is_alive():
            break
    if thread.is_alive() and not interrupt.is_set:
        raise LinkError(f"The name {host} could not be looked up within {request.deadline:g} seconds; check the network.")
    if answer:
        raise LinkError(f"There is no host called {host}; check the name and the network.", redacted(str(answer[0])))


def _is_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _look_up(host: str, answer: list[OSError]) -> None:
    try:
        socket.getaddrinfo(host, None)
    except OSError as error:
        answer.append(error)
    except UnicodeError as error:  # an empty or over-long label
        answer.append(OSError(str(error)))
