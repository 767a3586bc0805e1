"""The streams of a camera: four calls of its device and media services (ONVIF Core and Media 1, which all cameras have)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from dehazer.errors import InputError, LinkError, UsageError
from dehazer.onvif.addresses import at_host, host_of
from dehazer.onvif.soap import Login, call
from dehazer.onvif.xml import Element
from dehazer.redact import module_logger, remember

log = module_logger(__name__)

MAX_STREAMS = 32
_DEVICE = 'xmlns="http://www.onvif.org/ver10/device/wsdl"'
_MEDIA = 'xmlns="http://www.onvif.org/ver10/media/wsdl"'
_SETUP = ('<StreamSetup><Stream xmlns="http://www.onvif.org/ver10/schema">RTP-Unicast</Stream>'
          '<Transport xmlns="http://www.onvif.org/ver10/schema"><Protocol>RTSP</Protocol></Transport></StreamSetup>')


@dataclass(frozen=True)
class CameraStream:
    """One stream that a camera offers. address: without user and password. width, height: 0 where the camera does not say."""

    name: str
    address: str
    encoding: str = ""
    width: int = 0
    height: int = 0


def camera_streams(service: str, user: str, password: str) -> tuple[CameraStream, ...]:
    """The streams of the camera with that device service, in its order (the first is the main one). Takes a few seconds at most.

    service: `NetworkCamera.service`, or what a user entered. All calls and streams stay at its host. user empty: no login.
    Raises UsageError for the address, LinkError, AccessError or InputError, each with one sentence.
    """
    remember(password)
    host = _host(service)
    login = Login(user, password, _clock_offset(service)) if user else None
    media = _media_service(service, host, login)
    profiles = list(call(media, f"<GetProfiles {_MEDIA}/>", login).all("Profiles"))[:MAX_STREAMS]
    found = [stream for profile in profiles if (stream := _stream(media, host, profile, login)) is not None]
    if not found:
        raise InputError(f"{host} offers no stream over RTSP; enter the address of its stream instead.")
    return tuple(found)


def _host(service: str) -> str:
    try:
        host = host_of(service)
        _ = urlsplit(service).port  # parsed only when asked for
    except ValueError:
        host = ""
    if not host or not service.startswith(("http://", "https://")):
        raise UsageError("The address of an ONVIF camera begins with http:// or https://, for example http://192.168.1.20/onvif/"
                         "device_service.")
    return host


def _clock_offset(service: str) -> timedelta:
    """How far the camera's clock is from this computer's; asked without a login, as ONVIF allows. Zero where it does not say."""
    try:
        answer = call(service, f"<GetSystemDateAndTime {_DEVICE}/>")
        time = answer.first("UTCDateTime")
        parts = [int(time.text_of(name)) for name in ("Year", "Month", "Day", "Hour", "Minute", "Second")] if time else []
        return datetime(*parts, tzinfo=UTC) - datetime.now(UTC) if parts else timedelta()  # type: ignore[arg-type, misc]
    except LinkError:
        raise
    except (InputError, ValueError, OverflowError) as error:
        log.debug("%s does not say its time: %s", host_of(service), error)
        return timedelta()


def _media_service(service: str, host: str, login: Login | None) -> str:
    answer = call(service, f"<GetCapabilities {_DEVICE}><Category>Media</Category></GetCapabilities>", login)
    found = at_host(answer.text_of("Media", "XAddr"), host, ("http", "https"))
    if found is None:
        raise InputError(f"{host} names no media service; enter the address of its stream instead.")
    return found


def _stream(media: str, host: str, profile: Element, login: Login | None) -> CameraStream | None:
    """The stream of a profile; None where it has none over RTSP."""
    token = profile.attributes.get("token", "")
    body = f"<GetStreamUri {_MEDIA}>{_SETUP}<ProfileToken>{escape(token)}</ProfileToken></GetStreamUri>"
    try:
        named = call(media, body, login).text_of("Uri")
    except InputError as error:
        if type(error) is not InputError:
            raise  # out of reach, or no access: the next profile would fare alike
        log.debug("The profile %s of %s has no stream: %s", quoteattr(token), host, error)
        return None
    address = at_host(named, host, ("rtsp", "rtsps"))
    if address is None:
        return None
    encoder = profile.first("VideoEncoderConfiguration")
    size = (_number(encoder, "Width"), _number(encoder, "Height"))
    name = "".join(c for c in profile.text_of("Name") if c.isprintable())[:80] or token[:80]
    return CameraStream(name, address, encoder.text_of("Encoding")[:20] if encoder else "", *size)


def _number(encoder: Element | None, name: str) -> int:
    text = encoder.text_of("Resolution", name) if encoder is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
