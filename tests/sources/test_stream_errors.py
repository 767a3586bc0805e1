"""What FFmpeg says of a stream, as one sentence and as the right kind of error: tried again, or not."""

from __future__ import annotations

import errno

import av.error
import pytest

from dehazer.errors import AccessError, DehazerError, InputError, LinkError
from dehazer.sources._stream_errors import explained, host_of
from dehazer.sources.request import SourceRequest

REQUEST = SourceRequest("rtsp://cam.example:554/live", user="me", password="s3cr3t-word", deadline=7)
NOBODY = SourceRequest("rtsp://cam.example:554/live")


def said(name: str, *words: object) -> av.error.FFmpegError:
    """FFmpeg's own exception of that name."""
    error = getattr(av.error, name)(*(words or (1, "in FFmpeg's words")))
    assert isinstance(error, av.error.FFmpegError)
    return error


@pytest.mark.parametrize(("error", "kind", "words"), [
    (said("HTTPUnauthorizedError"), AccessError, "does not accept this user name and password"),
    (said("HTTPForbiddenError"), AccessError, "does not accept this user name and password"),
    (said("HTTPNotFoundError"), LinkError, "no stream at this address"),
    (said("HTTPBadRequestError"), LinkError, "an error of its own"),
    (said("HTTPOtherClientError"), LinkError, "an error of its own"),
    (said("HTTPServerError"), LinkError, "an error of its own"),
    (said("ConnectionRefusedError", errno.ECONNREFUSED, "refused"), LinkError, "refuses the connection"),
    (said("ProtocolNotFoundError"), InputError, "cannot open rtsp:// addresses"),
    (said("InvalidDataError"), LinkError, "not a video"),
    (said("ExitError"), LinkError, "gave no picture for 7 seconds"),
    (said("TimeoutError", errno.ETIMEDOUT, "timed out"), LinkError, "gave no picture for 7 seconds"),
    (said("OSError", errno.EIO, "Input/output error"), LinkError, "was lost or could not be made"),
], ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "")
def test_every_error_has_its_kind_and_its_sentence(error: Exception, kind: type[DehazerError], words: str) -> None:
    trouble = explained(error, REQUEST)
    assert type(trouble) is kind
    assert words in str(trouble)
    assert str(trouble).endswith(".")


@pytest.mark.parametrize("name", ["HTTPUnauthorizedError", "HTTPForbiddenError"])
def test_who_gave_no_name_is_asked_for_one(name: str) -> None:
    assert "asks for a user name and a password" in str(explained(said(name), NOBODY))


def test_behind_the_deadline_every_error_is_lateness_but_a_wrong_password_stays_one() -> None:
    assert "gave no picture for 7 seconds" in str(explained(said("InvalidDataError"), REQUEST, late=True))
    assert isinstance(explained(said("HTTPForbiddenError"), REQUEST, late=True), AccessError)


def test_no_password_is_in_the_sentence_or_in_the_detail() -> None:
    trouble = explained(said("OSError", errno.EIO, "rtsp://me:s3cr3t-word@cam.example:554/live"), REQUEST)
    assert "s3cr3t-word" not in str(trouble) + trouble.detail
    assert "cam.example:554" in trouble.detail


@pytest.mark.parametrize(("where", "host"), [
    ("rtsp://cam.example:554/live", "cam.example:554"), ("http://cam.example/x", "cam.example"),
    ("rtsp://[::1]:8554/x", "::1:8554"),
])
def test_a_host_is_said_as_people_say_it(where: str, host: str) -> None:
    assert host_of(SourceRequest(where)) == host
