"""A live source with sound that is published without it."""

from __future__ import annotations

from dehazer.config import DecodeOptions, EncodeOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.live.files import open_run
from tests.receivers import UdpReceiver
from tests.servers import SoundCamera


def test_sound_that_is_not_published_is_not_kept(engine: Engine) -> None:
    with SoundCamera() as camera, UdpReceiver() as receiver, open_run(
            camera.url, f"udp://127.0.0.1:{receiver.port}", engine, enhance=EnhanceOptions(), decode=DecodeOptions(),
            encode=EncodeOptions()) as (source, _enhancer, _sink):
        for frame in source:
            if frame.index == 20:
                break
        assert source.passing is not None
        assert not source.passing.waiting
