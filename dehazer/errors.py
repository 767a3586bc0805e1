"""Everything that dehazer raises on purpose.

    DehazerError                 a sentence for the user, a technical detail, an exit code
    ├── UsageError               what was asked for is not possible or contradicts itself          exit 2
    │   └── ConfigError          a value outside what its option allows (names the option)
    ├── InputError               the input cannot be read                                          exit 3
    │   ├── NoVideoError         readable, but there is no picture in it
    │   ├── DamagedInputError    nothing, or nothing more, could be decoded
    │   ├── LinkError            a camera or stream is out of reach; trying again may help
    │   └── AccessError          a stream does not accept the user name or password
    ├── OutputExistsError        the output is there and -y was not given                          exit 4
    ├── OutputError              the output cannot be written (container, disk, permission)        exit 1
    │   ├── EncoderError         an encoder cannot be opened or failed
    │   └── ReceiverError        who receives what is published is out of reach; trying again may help
    ├── ModelError               a model or its weights cannot be used                             exit 1
    │   └── WeightsError         a weights file is missing, damaged or for another network
    │       └── UnknownWeightsError   there are no weights of that name or path                  exit 2
    ├── DeviceError              the device is missing or cannot do what is asked                  exit 1
    │   ├── OutOfMemory          too little memory; less at a time may help
    │   └── DeviceLost           it was there and has stopped working
    └── Cancelled                the user stopped the work                                         exit 130

`str(error)` is always one plain sentence that says what was given, what is allowed and what to do.
"""

from __future__ import annotations

from typing import ClassVar


class DehazerError(Exception):
    """Base of all. `detail` holds what a developer wants to see (an FFmpeg log line, a shape), possibly empty."""

    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail


class UsageError(DehazerError):
    """What was asked for is not possible or contradicts itself."""

    exit_code = 2


class ConfigError(UsageError):
    """A value outside what its option allows."""


class InputError(DehazerError):
    """The input cannot be read."""

    exit_code = 3


class NoVideoError(InputError):
    """The input is readable but holds no picture."""


class DamagedInputError(InputError):
    """Nothing, or nothing more, could be decoded."""


class LinkError(InputError):
    """A camera or stream is out of reach at present; trying again may help."""


class AccessError(InputError):
    """A stream does not accept the user name or password; trying again without a change could lock the account."""


class OutputExistsError(DehazerError):
    """The output exists and overwriting was not allowed."""

    exit_code = 4


class OutputError(DehazerError):
    """The output cannot be written."""


class EncoderError(OutputError):
    """An encoder cannot be opened or failed."""


class ReceiverError(OutputError):
    """Who receives what is published is out of reach at present; trying again may help."""


class ModelError(DehazerError):
    """A model or its weights cannot be used."""


class WeightsError(ModelError):
    """A weights file is missing, damaged or belongs to another network."""


class UnknownWeightsError(WeightsError):
    """What was given for the weights is neither the name of a packaged set nor the path of a weights file."""

    exit_code = 2


class DeviceError(DehazerError):
    """The device is missing or cannot do what is asked."""


class OutOfMemory(DeviceError):
    """Too little memory; less at a time may help."""


class DeviceLost(DeviceError):
    """The device was there and has stopped working."""


class Cancelled(DehazerError):
    """The user stopped the work."""

    exit_code = 130
