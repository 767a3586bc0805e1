"""A camera wall: several live sessions on one engine, each for itself.

A camera that is slow, frozen, failing or gone has its own threads and its own state; the others only share the engine,
which serves who asks (see `live.sharing`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine import Engine
from dehazer.errors import UsageError
from dehazer.live.sharing import SharedEngine
from dehazer.runtime.governor import QualityTarget
from dehazer.session import JOIN, LiveSession
from dehazer.sources.request import SourceRequest

MOST_CAMERAS = 9


class MultiSession:
    """Up to nine sessions that share one engine. A context manager; `close` ends everything.

    engine: one that is there, or options to load one from once, in the background. sessions: in the order they were added.
    """

    def __init__(self, engine: Engine | EngineOptions) -> None:
        self.engine = SharedEngine(engine)
        self.sessions: list[LiveSession] = []

    def add(self, where: str | SourceRequest, options: EnhanceOptions | None = None, *,
            on_change: Callable[[], None] | None = None, target: QualityTarget | None = None, **more: Any) -> LiveSession:
        """A further session, not started yet; arguments as of LiveSession. Raises UsageError for a tenth."""
        if len(self.sessions) >= MOST_CAMERAS:
            raise UsageError(f"A wall holds at most {MOST_CAMERAS} cameras; remove one first.")
        session = LiveSession(where, self.engine, options, on_change=on_change, target=target, **more)
        self.sessions.append(session)
        return session

    def remove(self, session: LiveSession) -> None:
        """Stop a session and forget it; the others go on."""
        session.stop()
        self.sessions.remove(session)

    def start(self) -> None:
        """Start every session that is not running."""
        for session in self.sessions:
            if not session.running:
                session.start()

    def stop(self) -> None:
        """Stop all sessions, together within a second."""
        for session in self.sessions:
            session.end()
        deadline = time.monotonic() + JOIN
        for session in self.sessions:
            session.stop(max(0.05, deadline - time.monotonic()))

    def close(self) -> None:
        """Stop all sessions and the engine's thread."""
        self.stop()
        self.engine.close()

    def __enter__(self) -> MultiSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
