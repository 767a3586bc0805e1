"""Where the parts of the time line lie: camera names at the left, the ruler with the marks above, a lane per camera below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PyQt6.QtCore import QPointF, QRectF

NAMES, RULER, MARKS, LEGEND = 156.0, 40.0, 18.0, 20.0
"""Width of the names; heights of the ruler, of the row of bookmarks, and of a line of the legend at the lower edge."""
LANE_LOW, LANE_HIGH = 26.0, 52.0
LANE_GAP = 3.0

Part = Literal["names", "ruler", "marks", "lane", "below"]


@dataclass(frozen=True)
class TimeLineLayout:
    """width, height: of the widget. cameras: lanes. scrolled: pixels that the lanes are scrolled up.

    legend_lines: how many lines the legend has.
    """

    width: float
    height: float
    cameras: int
    scrolled: float = 0.0
    legend_lines: int = 1

    @property
    def time_width(self) -> float:
        """Pixels across which time runs."""
        return max(1.0, self.width - NAMES)

    @property
    def ruler(self) -> QRectF:
        """The ruler, right of the names."""
        return QRectF(NAMES, 0, self.time_width, RULER)

    @property
    def marks(self) -> QRectF:
        """The row of bookmarks, right of the names."""
        return QRectF(NAMES, RULER, self.time_width, MARKS)

    @property
    def lanes(self) -> QRectF:
        """All that shows lanes, right of the names."""
        top = RULER + MARKS
        return QRectF(NAMES, top, self.time_width, max(0.0, self.legend.top() - top))

    @property
    def legend(self) -> QRectF:
        """The lines at the lower edge, across the whole width."""
        height = LEGEND * self.legend_lines
        return QRectF(0, self.height - height, self.width, height)

    @property
    def lane_height(self) -> float:
        """Whole pixels of one lane with the distance to the next."""
        shared = self.lanes.height() / max(1, self.cameras)
        return float(int(min(max(shared, LANE_LOW), LANE_HIGH)))

    @property
    def overflow(self) -> float:
        """Pixels of the lanes that do not fit."""
        return max(0.0, self.cameras * self.lane_height - self.lanes.height())

    def lane(self, number: int) -> QRectF:
        """The bar of a camera, without the distance to the next one."""
        top = self.lanes.top() + number * self.lane_height - self.scrolled
        return QRectF(NAMES, top, self.time_width, self.lane_height - LANE_GAP)

    def camera_at(self, y: float) -> int | None:
        """Number of the lane at a height, None beside the lanes."""
        if not self.lanes.top() <= y < self.lanes.bottom():
            return None
        number = int((y - self.lanes.top() + self.scrolled) // self.lane_height)
        return number if number < self.cameras else None

    def part_at(self, point: QPointF) -> Part:
        """What lies at a point."""
        if point.x() < NAMES:
            return "names"
        if point.y() < RULER:
            return "ruler"
        if point.y() < RULER + MARKS:
            return "marks"
        return "lane" if point.y() < self.lanes.bottom() else "below"
