"""Names of real recorders are read; what is written into a name comes out of it; digits that are no time are no time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings, strategies as st

from dehazer.errors import UsageError
from dehazer.review import NamePattern
from dehazer.review.recording_names import CONVENTIONS, camera_by_folder, read_name

NOON = datetime(2024, 3, 10, 12, 34, 56)
REAL = {
    "/media/frigate/recordings/2024-03-10/12/front_door/34.56.mp4": ("front_door", NOON.replace(tzinfo=UTC)),
    "/media/frigate/recordings/2024-03/10/12/front_door/34.56.mp4": ("front_door", NOON.replace(tzinfo=UTC)),
    "/media/frigate/exports/front_door_20240310_123456-20240310_130000_x7k2.mp4": ("front_door", NOON),
    "/media/frigate/clips/back-yard-1710074096.475377-mxklsc.mp4": ("back-yard", datetime(2024, 3, 10, 12, 34, 56, tzinfo=UTC)),
    "/var/cache/zoneminder/events/3/2024-03-10/8812/8812-video.mp4": ("channel 3", None),
    "/var/cache/zoneminder/events/3/24/03/10/12/34/56/8812-video.mp4": ("channel 3", NOON),
    "/var/lib/motion/gate/01-20240310123456.mkv": (None, NOON),
    "/home/Shinobi/videos/2Df5hBE/yard/2024-03-10T12-34-56.mp4": ("yard", NOON),
    "/ftp/4K01234PAZ/2024-03-10/002/dav/12/12.34.56-12.45.00[M][0@0][0].mp4": ("4K01234PAZ channel 2", NOON),
    "/export/NVR_ch1_main_20240310123456_20240310130000.dav": ("NVR_ch1_main", NOON),
    "/export/Camera_01_10.5.0.111_10.5.0.111_20240310123456_20240310130000_21256616.mp4":
        ("Camera_01_10.5.0.111_10.5.0.111", NOON),
    "/export/ch01_00000000001000000_20240310123456_20240310130000_685001.mp4": ("ch01", NOON),
    "/export/192.168.4.64_Camera 01_20240310123456.mp4": ("192.168.4.64_Camera 01", NOON),
    "/reolink/RLC-410_00_20240310123456.mp4": ("RLC-410_00", NOON),
    "/blueiris/Gate.20240310_123456.bvr.mp4": ("Gate", NOON),
    "/motioneye/Camera1/2024-03-10/12-34-56.mp4": (None, NOON),
    "/nvr/20240310/gate_123456.mp4": ("gate", NOON),
    "/any/Gate north 2024-03-10 12.34.56.mp4": ("Gate north", NOON),
    "/any/gate_2024-03-10T12:34:56Z.mp4": ("gate", NOON.replace(tzinfo=UTC)),
    "/any/gate_2024-03-10T12-34-56+0100.mp4": ("gate", NOON.replace(tzinfo=timezone(timedelta(hours=1)))),
    "/any/gate_20240310123456789.mp4": ("gate", NOON.replace(microsecond=789000)),
    "/any/gate_1710074096.mp4": ("gate", datetime(2024, 3, 10, 12, 34, 56, tzinfo=UTC)),
    "/any/gate_1710074096500.mp4": ("gate", datetime(2024, 3, 10, 12, 34, 56, 500000, tzinfo=UTC)),
    "/export/ch01_08000001034000000.mp4": (None, None),
    "/any/gate_20241310123456.mp4": (None, None),
    "/any/holiday.mp4": (None, None),
}


@pytest.mark.parametrize(("path", "expected"), REAL.items(), ids=REAL)
def test_names_of_real_recorders(path: str, expected: tuple[str | None, datetime | None]) -> None:
    reading = read_name(PurePosixPath(path))
    assert (reading.camera, reading.when) == expected


def test_every_convention_is_shown_by_an_example() -> None:
    firsts = {next((p for p in CONVENTIONS if p.read(PurePosixPath(path))), None) for path in REAL}
    assert [p.text for p in CONVENTIONS if p not in firsts] == []


CAMERAS = st.from_regex(r"[a-z][a-z_ ]{0,10}[a-z]", fullmatch=True)
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda t: t.replace(microsecond=0))


@settings(deadline=None)
@given(CAMERAS, TIMES, st.sampled_from(["{}_%Y%m%d_%H%M%S", "{}-%Y-%m-%dT%H-%M-%S", "{} %Y.%m.%d %H.%M.%S", "{}_%Y%m%d%H%M%S"]))
def test_what_is_written_into_a_name_is_read_from_it(camera: str, when: datetime, style: str) -> None:
    reading = read_name(PurePosixPath("/x") / (when.strftime(style).format(camera) + ".mp4"))
    assert (reading.camera, reading.when) == (camera, when)


@settings(deadline=None)
@given(CAMERAS, TIMES)
def test_a_pattern_of_the_user_reads_what_it_describes_and_comes_first(camera: str, when: datetime) -> None:
    pattern = NamePattern("{second}-{minute}-{hour} {day}.{month}.{yy} {camera}")
    path = PurePosixPath("/x") / (when.strftime("%S-%M-%H %d.%m.%y ") + camera + ".mkv")
    reading = read_name(path, [pattern])
    assert reading.camera == camera
    assert reading.when == when.replace(year=2000 + when.year % 100)


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_no_name_is_too_strange(name: str) -> None:
    if name not in (".", ".."):
        read_name(PurePosixPath("/x") / name)


def test_the_preview_shows_every_path_with_what_is_read_in_it() -> None:
    pattern = NamePattern("{camera}@{year}{month}{day}T{hour}{minute}")
    good, bad = PurePosixPath("/x/gate@20240310T1234.mp4"), PurePosixPath("/x/other.mp4")
    shown = dict(pattern.preview([good, bad]))
    assert shown[good] is not None
    assert (shown[good].camera, shown[good].when) == ("gate", NOON.replace(second=0))
    assert shown[bad] is None


@pytest.mark.parametrize(("text", "sentence"), [
    ("{camera}_{date}", r"holds \{date\}, which is not known; known are: \{camera\}"),
    ("{year}{month}{year}", r"holds \{year\} twice"),
    ("no field", "holds no field"),
    ("{camera", "holds no field"),
    ("*a*b*c{year}", "holds more than 2 stars in one name"),
])
def test_a_pattern_that_makes_no_sense_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        NamePattern(text)


@pytest.mark.parametrize(("path", "camera"), [
    ("/store/gate/01-20240310123456.mkv", "gate"),
    ("/store/Camera1/2024-03-10/12-34-56.mp4", "Camera1"),
    ("/store/gate/recordings/2024/03/10/x.mp4", "gate"),
    ("/store/2024-03-10/x.mp4", "store"),
    ("/store/x.mp4", "store"),
])
def test_the_folder_names_the_camera_where_the_file_does_not(path: str, camera: str) -> None:
    assert camera_by_folder(PurePosixPath(path), PurePosixPath("/store")) == camera
