"""The other end of `_sender`: a process that sends packets to an address, started, fed and ended from here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from av.packet import Packet

from dehazer.errors import OutputError, ReceiverError
from dehazer.files.addresses import OutputAddress
from dehazer.redact import redacted
from dehazer.sinks._film_journal import packed

DEADLINE = 5.0
"""Seconds within which a receiver must answer or take a packet."""
_ROOT = str(Path(__file__).resolve().parents[2])


class SenderProcess:
    """One connection. Raises ReceiverError where trying again may help, OutputError where it will not."""

    def __init__(self, address: OutputAddress, order: dict[str, Any], deadline: float = DEADLINE) -> None:
        self._address = address
        self._answered = threading.Event()
        self._answer: dict[str, Any] = {}
        self._sending = False
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))}
        self._process = subprocess.Popen([sys.executable, "-m", "dehazer.sinks._sender"], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
        self._thread = threading.Thread(target=self._listen, name="dehazer-sender", daemon=True)
        self._thread.start()
        self._send(json.dumps(order | {"deadline": deadline}).encode())

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answer = json.loads(line)
            self._sending = self._sending or "sending" in self._answer
            self._answered.set()
        self._answered.set()

    def send(self, packet: Packet[Any]) -> None:
        """Hand one packet over; waits while the network is slower."""
        self._send(packed(packet))

    def _send(self, content: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(len(content).to_bytes(4, "big") + content)
            self._process.stdin.flush()
        except (OSError, ValueError):
            raise self._failure() from None

    def wait_until_sending(self) -> None:
        """Return when the first packet has been sent."""
        self._answered.wait()  # the process itself ends after its deadline, however long a busy machine takes to start it
        if not self._sending:
            raise self._failure()

    def _failure(self) -> Exception:
        self.end()
        host, name = self._address.host, self._answer.get("error", "")
        detail = redacted(str(self._answer.get("detail", "")))
        if name in ("HTTPUnauthorizedError", "HTTPForbiddenError"):
            words = ("does not accept this user name and password for publishing; check both" if self._address.user else
                     "asks for a user name and a password; put them into the address")
            return OutputError(f"{host} {words}.", detail)
        if name == "ValueError":
            scheme = self._address.scheme
            return OutputError(f"{scheme}:// cannot carry this video codec; choose another one with --codec.", detail)
        if name in ("ArgumentError", "ProtocolNotFoundError"):
            return OutputError(f"FFmpeg does not take the address {self._address.name}; check host, port and path.", detail)
        reasons = {"ConnectionRefusedError": "refuses the connection; check the port, and that it is ready to receive",
                   "HTTPNotFoundError": "knows nothing at this address; check the part behind the host name",
                   "HTTPServerError": "answers with an error of its own", "HTTPClientError": "refuses what is published there"}
        lost = "takes no more pictures" if self._sending else "cannot be reached"
        return ReceiverError(f"{host} {reasons.get(name, f'{lost}; check that it is on and connected')}.", detail)

    def end(self, patience: float = 0.0) -> None:
        """End the process; it has `patience` seconds to say goodbye to the receiver. May be called twice, and from any thread."""
        process = self._process
        try:
            if process.stdin is not None:
                process.stdin.close()
        except OSError:
            pass  # it was gone, and what waited to be sent with it
        try:
            process.wait(max(patience, 0.2))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._thread is not threading.current_thread():
            self._thread.join()
        if process.stdout is not None:
            process.stdout.close()

    def kill(self) -> None:
        """Make every waiting call of another thread fail at once."""
        self._process.kill()
