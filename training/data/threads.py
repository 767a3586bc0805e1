"""Threads of OpenCV beside our own: one pool of threads is enough."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import cv2


@contextmanager
def one_thread_each() -> Iterator[None]:
    """OpenCV without its pool of threads: while samples are made in threads or processes of our own, one per core already, and
    while workers are forked, which would wait for threads that only their parent has."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(threads)
