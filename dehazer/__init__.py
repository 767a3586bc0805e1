"""dehazer: takes fog, haze and smoke out of videos, images and live cameras.

    from dehazer import Dehazer
    clear = Dehazer().image(rgb)                    # (H, W, 3) uint8 in, the same out
    report = Dehazer(strength=0.8).video("in.mp4", "out.mp4")

Everything that a program or the desktop application uses is a name of this package; its modules are internal. Importing it
loads neither torch, av, OpenCV nor Qt: each name is loaded when it is first used.
"""

from __future__ import annotations

import logging
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# A library is silent unless the program sets up logging; without this, Python would print warnings on standard error.
# "libav" is the logger of PyAV: it speaks while one thread reads what FFmpeg says of a picture and others go on.
for _name in (__name__, "libav"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

# GNU OpenMP's threads spin while they wait. With a decoder and an encoder on the same cores that costs torch ten times
# and more (720p field network: 164 ms a frame spinning, 20 ms sleeping). Read when torch loads; an own choice is kept.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# SVT-AV1 writes to the terminal by itself and does not ask for FFmpeg's log level; 1: errors only. Set here and not with its
# first use, because the environment must not change while other threads read it.
os.environ.setdefault("SVT_LOG", "1")

_PUBLIC: dict[str, tuple[str, ...]] = {
    "dehazer.api": ("DehazedFrame", "Dehazer"),
    "dehazer.config": (
        "MAX_CAMERAS", "DecodeOptions", "EncodeOptions", "EngineOptions", "EnhanceOptions", "Option", "RecordOptions",
        "options_of",
    ),
    "dehazer.engine.device_list": ("list_devices", "measured_speed"),
    "dehazer.engine.forecast": ("forecast_fps",),
    "dehazer.errors": (
        "AccessError", "Cancelled", "ConfigError", "DamagedInputError", "DehazerError", "DeviceError", "DeviceLost",
        "EncoderError", "InputError", "LinkError", "ModelError", "NoVideoError", "OutOfMemory", "OutputError",
        "OutputExistsError", "UnknownWeightsError", "UsageError", "WeightsError",
    ),
    "dehazer.field.haze_field": ("HazeField", "HazeMeter",),
    "dehazer.files.addresses": ("OutputAddress", "URL_SCHEMES", "VIRTUAL_CAMERA"),
    "dehazer.files.containers": ("VIDEO_SUFFIXES",),
    "dehazer.files.fonts": ("FONTS",),
    "dehazer.files.video_list": ("list_videos",),
    "dehazer.sources.readable": ("video_problem",),
    "dehazer.files.pictures": ("PICTURE_SUFFIXES",),
    "dehazer.files.protocols": ("writable_schemes",),
    "dehazer.files.sample": ("SAMPLE_CLIP",),
    "dehazer.frames.frame": ("Frame", "VideoInfo",),
    "dehazer.live.recording": ("RecordedPictures", "recording_path",),
    "dehazer.live.schedule": ("RecordingSchedule",),
    "dehazer.live.shared_engine": ("SharedEngine",),
    "dehazer.live.state": ("SessionState",),
    "dehazer.live.status": (
        "DropCounts", "GovernorStatus", "PreRollStatus", "PublicationStatus", "RecordingStatus", "SessionSnapshot",
    ),
    "dehazer.models.registry": ("MODELS", "model_spec",),
    "dehazer.models.weights": ("packaged_weights",),
    "dehazer.moment": ("Moment",),
    "dehazer.onvif.discovery": ("NetworkCamera", "find_network_cameras"),
    "dehazer.onvif.media": ("CameraStream", "camera_streams"),
    "dehazer.frames.rgb": ("packed_bgra",),
    "dehazer.pipeline": ("Report",),
    "dehazer.redact": ("hide_parameters", "redact_logging", "redacted"),
    "dehazer.live.governor": ("CAMERA_RATE", "QualityTarget"),
    "dehazer.runtime.environment": ("load_opencv",),
    "dehazer.runtime.memory": ("limit_memory_growth",),
    "dehazer.live.session": ("LiveSession",),
    "dehazer.sources.camera_names": ("find_cameras",),
    "dehazer.sources.request": ("RequestKind", "SourceRequest",),
    "dehazer.sources.thumbnails": ("FilmOnDisk", "Thumbnail", "Thumbnails"),
    "dehazer.verification": ("Check", "Promised", "verify"),
}
_MODULE_OF = {name: module for module, names in _PUBLIC.items() for name in names}
__all__ = ["__version__", *sorted(_MODULE_OF)]  # noqa: PLE0604  computed from the one list above

if TYPE_CHECKING:  # the same list for type checkers; tests/architecture compares the two
    from dehazer.api import DehazedFrame as DehazedFrame, Dehazer as Dehazer
    from dehazer.config import (
        MAX_CAMERAS as MAX_CAMERAS,
        DecodeOptions as DecodeOptions,
        EncodeOptions as EncodeOptions,
        EngineOptions as EngineOptions,
        EnhanceOptions as EnhanceOptions,
        Option as Option,
        RecordOptions as RecordOptions,
        options_of as options_of,
    )
    from dehazer.engine.device_list import list_devices as list_devices, measured_speed as measured_speed
    from dehazer.engine.forecast import forecast_fps as forecast_fps
    from dehazer.errors import (
        AccessError as AccessError,
        Cancelled as Cancelled,
        ConfigError as ConfigError,
        DamagedInputError as DamagedInputError,
        DehazerError as DehazerError,
        DeviceError as DeviceError,
        DeviceLost as DeviceLost,
        EncoderError as EncoderError,
        InputError as InputError,
        LinkError as LinkError,
        ModelError as ModelError,
        NoVideoError as NoVideoError,
        OutOfMemory as OutOfMemory,
        OutputError as OutputError,
        OutputExistsError as OutputExistsError,
        UnknownWeightsError as UnknownWeightsError,
        UsageError as UsageError,
        WeightsError as WeightsError,
    )
    from dehazer.field.haze_field import HazeField as HazeField, HazeMeter as HazeMeter
    from dehazer.files.addresses import (
        URL_SCHEMES as URL_SCHEMES,
        VIRTUAL_CAMERA as VIRTUAL_CAMERA,
        OutputAddress as OutputAddress,
    )
    from dehazer.files.containers import VIDEO_SUFFIXES as VIDEO_SUFFIXES
    from dehazer.files.fonts import FONTS as FONTS
    from dehazer.files.pictures import PICTURE_SUFFIXES as PICTURE_SUFFIXES
    from dehazer.files.protocols import writable_schemes as writable_schemes
    from dehazer.files.sample import SAMPLE_CLIP as SAMPLE_CLIP
    from dehazer.files.video_list import list_videos as list_videos
    from dehazer.frames.frame import Frame as Frame, VideoInfo as VideoInfo
    from dehazer.frames.rgb import packed_bgra as packed_bgra
    from dehazer.live.governor import CAMERA_RATE as CAMERA_RATE, QualityTarget as QualityTarget
    from dehazer.live.recording import RecordedPictures as RecordedPictures, recording_path as recording_path
    from dehazer.live.schedule import RecordingSchedule as RecordingSchedule
    from dehazer.live.session import LiveSession as LiveSession
    from dehazer.live.shared_engine import SharedEngine as SharedEngine
    from dehazer.live.state import SessionState as SessionState
    from dehazer.live.status import (
        DropCounts as DropCounts,
        GovernorStatus as GovernorStatus,
        PreRollStatus as PreRollStatus,
        PublicationStatus as PublicationStatus,
        RecordingStatus as RecordingStatus,
        SessionSnapshot as SessionSnapshot,
    )
    from dehazer.models.registry import MODELS as MODELS, model_spec as model_spec
    from dehazer.models.weights import packaged_weights as packaged_weights
    from dehazer.moment import Moment as Moment
    from dehazer.onvif.discovery import NetworkCamera as NetworkCamera, find_network_cameras as find_network_cameras
    from dehazer.onvif.media import CameraStream as CameraStream, camera_streams as camera_streams
    from dehazer.pipeline import Report as Report
    from dehazer.redact import (
        hide_parameters as hide_parameters,
        redact_logging as redact_logging,
        redacted as redacted,
    )
    from dehazer.runtime.environment import load_opencv as load_opencv
    from dehazer.runtime.memory import limit_memory_growth as limit_memory_growth
    from dehazer.sources.camera_names import find_cameras as find_cameras
    from dehazer.sources.readable import video_problem as video_problem
    from dehazer.sources.request import RequestKind as RequestKind, SourceRequest as SourceRequest
    from dehazer.sources.thumbnails import (
        FilmOnDisk as FilmOnDisk,
        Thumbnail as Thumbnail,
        Thumbnails as Thumbnails,
    )
    from dehazer.verification import Check as Check, Promised as Promised, verify as verify


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'dehazer' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULE_OF[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
