"""Variables of the environment that libraries set for the whole process."""

from __future__ import annotations

import os

_OF_QT = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def load_opencv() -> None:
    """Load OpenCV now; a program with a window calls it in its main thread before Qt begins.

    OpenCV's wheel sets variables of the environment when it is loaded. The C library's list of them may move then, and the
    window's main thread reads it at any time: loaded by another thread, OpenCV ended one start of the program in about fifty
    with a segmentation fault. Two of the variables point Qt at the wheel's own, older plug-ins; they are removed.
    """
    import cv2

    for name in _OF_QT:
        if os.path.dirname(cv2.__file__) in os.environ.get(name, ""):
            del os.environ[name]
