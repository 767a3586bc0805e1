"""Sound of live sources: nothing is kept that nobody takes."""

from __future__ import annotations

from dehazer.sources import open_live
from dehazer.sources.live_sound import LiveSound
from dehazer.sources.request import SourceRequest
from tests.servers import HttpCamera


def test_pictures_of_a_camera_without_sound_are_not_kept() -> None:
    sound = LiveSound()
    with HttpCamera() as camera, open_live(SourceRequest(camera.url)) as source:
        source.tap = sound.take
        for frame in source:
            if frame.index == 0:
                sound.begin()
            if frame.index == 20:
                break
    assert sound.passing is None
    assert not sound._heads
