"""What programs were asked to show, on standard output: to the end, or one sentence that it could not be written."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from dehazer.errors import OutputError
from dehazer.redact import escaped


def show(text: str) -> None:
    """Print on standard output, to the end; raises OutputError where it is full or its reader has ended."""
    from dehazer.files.output_paths import reason

    try:
        print(text, flush=True)
    except OSError as error:
        raise OutputError(f"Nothing can be written to standard output: {reason(error)}.", str(error)) from error


class Parser(argparse.ArgumentParser):
    """A parser whose --help and --version fail where they cannot be written, as every other listing does."""

    def error(self, message: str) -> NoReturn:
        """Wrong usage; what was typed may hold any character."""
        super().error(escaped(message))

    def _print_message(self, message: str, file: Any = None) -> None:
        if file is not sys.stdout or sys.stdout is None:
            super()._print_message(message, file)
            return
        try:
            show(message.removesuffix("\n"))
        except OutputError as error:
            if not isinstance(error.__cause__, BrokenPipeError):  # whoever reads only the first lines has what they wanted
                self.exit(error.exit_code, f"{self.prog}: {error}\n")
