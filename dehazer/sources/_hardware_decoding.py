"""Decoding on a graphics device: explicit requests are met or refused, "auto" falls back and says so."""

from __future__ import annotations

from pathlib import Path

from av.codec.hwaccel import HWAccel, hwdevices_available
from av.container import InputContainer

from dehazer.errors import InputError, UsageError
from dehazer.files.inputs import check_readable
from dehazer.files.media import FFMPEG_ERRORS, open_input
from dehazer.redact import module_logger

log = module_logger(__name__)


def open_accelerated(path: Path, name: str, resident: bool = False) -> tuple[InputContainer, tuple[str, ...]]:
    """(open container, warnings), decoding on the device `name`; "none" is the processor, "auto" the first that works.

    resident: pictures stay on a device that was asked for by name. Raises UsageError for a device unknown here,
    InputError where it cannot be used.
    """
    check_readable(path)
    if name == "none":
        return open_input(path), ()
    known = tuple(hwdevices_available())
    if name != "auto":
        if name not in known:
            choices = ", ".join(("none", "auto", *known))
            raise UsageError(f"Hardware decoding with {name} is not possible here; choose one of: {choices}.")
        return _open(path, name, resident), ()
    for one in known:
        try:
            return _open(path, one), ()
        except InputError as error:
            log.info("%s %s", error, error.detail)
            continue  # the next device may do; if none does, the warning below says it
    note = f"No device for hardware decoding could be used (tried: {', '.join(known) or 'none'}); the processor decodes instead."
    return open_input(path), (note,)


def _open(path: Path, device: str, resident: bool = False) -> InputContainer:
    try:
        return open_input(path, HWAccel(device, allow_software_fallback=False, is_hw_owned=resident))
    except (RuntimeError, *FFMPEG_ERRORS) as error:
        raise InputError(f"Hardware decoding with {device} was asked for, but there is no {device} device that decodes "
                         f"{path.name}; use --hwaccel auto or none.", str(error)) from error
    except InputError as error:
        if error.__cause__ is None:
            raise
        raise InputError(f"Hardware decoding with {device} was asked for, but no {device} device could be opened for "
                         f"{path.name}; use --hwaccel auto or none.", error.detail) from error
