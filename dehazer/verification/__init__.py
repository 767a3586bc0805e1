"""The self-check: opens a finished result again and compares it with the input and with what was promised.

    checks = verify(source, result, Promised(notes=report.warnings))
    failed = [check for check in checks if check.verdict == "FAIL"]

Both files are read with FFmpeg and Pillow alone, never with the sources and sinks whose work is checked.
"""

from __future__ import annotations

from dehazer.verification.checks import Check, Promised, Verdict
from dehazer.verification.verify import verify

__all__ = ["Check", "Promised", "Verdict", "verify"]
