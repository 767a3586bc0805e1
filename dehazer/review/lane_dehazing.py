"""How the pictures of one camera of a playback are dehazed."""

from __future__ import annotations

from collections.abc import Callable

from dehazer.config import EnhanceOptions
from dehazer.enhance import AnalysisSettings, Enhancer
from dehazer.errors import Cancelled
from dehazer.live.shared_engine import SharedEngine
from dehazer.live.view_size import ViewSize
from dehazer.moment import Moment
from dehazer.review.camera_pictures import FoundPicture

ESTIMATED, USED_AGAIN = AnalysisSettings(), AnalysisSettings(reuse=1000)


class LaneDehazing:
    """One enhancer with its rule. A picture at rest is dehazed on its own, so that it looks the same whichever way it was
    reached; pictures that follow each other in play are smoothed over time, beginning with the one at rest before them.

    options: may be replaced from any thread. view_size: told what was painted, so that no more is computed than is seen.
    interrupted: ends the wait for an engine that is still loading, with Cancelled.
    """

    def __init__(self, engine: SharedEngine, options: EnhanceOptions, interrupted: Callable[[], bool]) -> None:
        self._engine, self._options, self._interrupted = engine, options, interrupted
        self.view_size = ViewSize()
        self._enhancer: Enhancer | None = None
        self._computed: tuple[FoundPicture, EnhanceOptions, bool, Moment] | None = None  # the bool: on its own

    @property
    def options(self) -> EnhanceOptions:
        """What is done with the pictures from the next one on."""
        return self._options

    @options.setter
    def options(self, options: EnhanceOptions) -> None:
        self._options = options

    def moment(self, found: FoundPicture, flowing: bool, fresh: bool = True) -> Moment:
        """The picture dehazed; not computed again where nothing has changed. flowing: it follows the one before in play.

        fresh: the haze field is estimated; else the last one is used again, unless the picture is at rest or of another scene.
        Raises DehazerError members of engine and network.
        """
        computed, options = self._computed, self._options
        if computed is not None and computed[0].frame is found.frame and computed[1] == options and (computed[2] or flowing):
            return computed[3]
        enhancer = self._ready()
        self.view_size.taken()
        enhancer.options = options
        enhancer.analysis = ESTIMATED if fresh or not flowing else USED_AGAIN
        if not flowing:
            enhancer.reset()
        moment = enhancer(found.frame)
        self._computed = found, options, not flowing, moment
        return moment

    def _ready(self) -> Enhancer:
        while not self._engine.loaded(0.05):
            if self._interrupted():
                raise Cancelled("Stopped while the network was loaded.")
        if self._enhancer is None:
            self._enhancer = Enhancer(self._engine, self._options)
            self._enhancer.view_size = lambda: self.view_size.needed
        return self._enhancer
