"""The picture widget: one instant in every view, and a divider that only repaints."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PyQt6.QtGui import QColor, QImage, QWheelEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.view.camera_state import DISPLAYS
from gui.view.images import ImagePair, pixels_of, to_image
from gui.view.panes import KeptPanes, Viewport, panes
from gui.view.readout import OVERLAY_ROWS, overlay_rows
from gui.widgets.paint import PLATE_HEIGHT
from gui.widgets.picture import PictureView
from tests.gui.moments import rgb_moment, snapshot


@pytest.fixture
def view(qtbot: QtBot, themed_app: QApplication) -> PictureView:
    made = PictureView()
    made.captions = False
    qtbot.addWidget(made)
    made.resize(800, 450)
    made.show()
    qtbot.waitExposed(made)
    return made


def shot(view: PictureView) -> QImage:
    return view.grab().toImage()


def instants(image: QImage, y: int) -> set[int]:
    """The instants seen along a row, beside the divider: red or green carries the index plus ten."""
    seen = (image.pixelColor(x, y) for x in range(image.width()) if abs(x - image.width() / 2) > 20)
    return {max(c.red(), c.green()) - 10 for c in seen if c.blue() < 5 and (c.red() < 5) != (c.green() < 5)}


@pytest.mark.parametrize("name", ["wipe", "side"])
def test_both_panes_show_the_same_instant(view: PictureView, name: str) -> None:
    view.set_view(name)
    for index in (3, 4, 9):
        view.show_moment(rgb_moment(index))
        assert instants(shot(view), 225) == {index}


def test_the_wipe_shows_the_original_left_and_the_result_right(view: PictureView) -> None:
    view.set_view("wipe")
    view.show_moment(rgb_moment(50))
    image = shot(view)
    assert image.pixelColor(100, 60) == QColor(60, 0, 0)
    assert image.pixelColor(700, 60) == QColor(0, 60, 0)


def test_dragging_the_divider_only_repaints(view: PictureView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    view.set_view("wipe")
    view.show_moment(rgb_moment(5))
    shot(view)
    converted: list[int] = []
    painted: list[object] = []
    monkeypatch.setattr("gui.view.images.to_image", lambda *a: converted.append(1) or to_image(*a))
    view.painted.connect(painted.append)
    pair = view.pair
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(400, 60))
    for x in range(400, 200, -20):
        qtbot.mouseMove(view, QPoint(x, 60))
        shot(view)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(220, 60))
    assert view.divider == pytest.approx(0.275, abs=0.01)
    assert view.pair is pair
    assert converted == []
    assert painted == []  # nothing new was shown, so no frame may be counted
    assert shot(view).pixelColor(300, 60).green() > 0


def test_a_moment_is_reported_as_painted_once(view: PictureView) -> None:
    seen: list[ImagePair] = []
    view.painted.connect(seen.append)
    moment = rgb_moment(1)
    view.show_moment(moment)
    shot(view)
    shot(view)
    assert [pair.moment for pair in seen] == [moment]


def test_the_original_is_seen_while_a_key_is_held(view: PictureView) -> None:
    view.show_moment(rgb_moment(20))
    assert shot(view).pixelColor(400, 225).green() == 30
    view.set_peeking(True)
    assert shot(view).pixelColor(400, 225).red() == 30
    view.set_peeking(False)
    assert shot(view).pixelColor(400, 225).green() == 30


def test_views_change_on_the_kept_instant(view: PictureView) -> None:
    view.show_moment(rgb_moment(30))
    colors = {}
    for name in ("original", "dehazed", "difference"):
        view.set_view(name)
        colors[name] = shot(view).pixelColor(400, 225).getRgb()[:3]
    assert colors == {"original": (40, 0, 0), "dehazed": (0, 40, 0), "difference": (80, 80, 0)}


def test_pictures_are_letterboxed_in_their_shape(view: PictureView) -> None:
    view.resize(800, 600)
    view.show_moment(rgb_moment(30))
    image = shot(view)
    assert image.pixelColor(400, 70).green() < 20
    assert image.pixelColor(400, 80).green() == 40


def wheel(view: PictureView, at: QPointF, delta: int) -> None:
    event = QWheelEvent(at, view.mapToGlobal(at), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view, event)


def test_the_wheel_zooms_and_a_drag_pans(view: PictureView, qtbot: QtBot) -> None:
    view.show_moment(rgb_moment())
    wheel(view, QPointF(200, 100), 960)
    assert view.viewport.zoom > 2
    before = view.panes()[0].target
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(400, 200))
    qtbot.mouseMove(view, QPoint(360, 190))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(360, 190))
    after = view.panes()[0].target
    assert after.x() - before.x() == pytest.approx(-40, abs=1.5)
    view.zoom_fit()
    assert view.panes()[0].target.width() == 800


def test_the_picture_is_moved_by_keys_only_while_zoomed_in(view: PictureView) -> None:
    view.show_moment(rgb_moment())
    view.pan(0.1, 0.1)
    assert view.panes()[0].target.topLeft() == QPointF(0, 0)
    view.zoom(4)
    before = view.panes()[0].target
    view.pan(0.1, -0.1)
    after = view.panes()[0].target
    assert (after.x() - before.x(), after.y() - before.y()) == pytest.approx((-80, 45), abs=1.5)


def test_a_closer_look_uses_every_pixel(view: PictureView) -> None:
    view.show_moment(rgb_moment(1, 900, 1600))
    assert view.pair is not None
    assert view.pair.shown == (450, 800)
    view.zoom(4)
    assert view.pair.shown is None
    view.zoom_fit()
    assert view.pair.shown == (450, 800)


def test_a_kept_instant_is_converted_anew_for_another_size_or_view(view: PictureView) -> None:
    """A paused picture must not stay as coarse as the small pane it was first shown in."""
    view.set_view("side")
    view.show_moment(rgb_moment(1, 900, 1600))
    assert view.pair is not None
    for change, expected in ((lambda: view.set_view("dehazed"), (450, 800)), (lambda: view.resize(1200, 675), (675, 1200)),
                             (lambda: view.resize(1600, 900), None)):
        change()
        shot(view)
        pane = view.panes()[0]
        assert view.pair.shown == expected
        assert view.pair.image(pane.picture).width() == pane.target.width()


def test_the_loupe_shows_pixels_one_for_one(view: PictureView, qtbot: QtBot) -> None:
    moment = rgb_moment(0, 900, 1600)
    moment.result.planes[0][450:460, 800:810] = 255  # ten pixels of white, five on the screen without the loupe
    view.show_moment(moment)
    view.set_loupe(True)
    qtbot.mouseMove(view, QPoint(400, 225))
    image = shot(view)
    white = [x for x in range(image.width()) if image.pixelColor(x, 230).lightness() > 250]
    assert len([x for x in white if 395 <= x <= 415]) == 10


def test_the_loupe_has_a_factor_of_its_own(view: PictureView, qtbot: QtBot) -> None:
    moment = rgb_moment(0, 900, 1600)
    moment.result.planes[0][450:460, 800:810] = 255
    view.show_moment(moment)
    view.set_loupe(True)
    view.enlarge_loupe(2)  # from 2 to 4 times what is shown, which is half of a pixel
    qtbot.mouseMove(view, QPoint(400, 225))
    image = shot(view)
    white = [x for x in range(image.width()) if image.pixelColor(x, 230).lightness() > 250]
    assert 19 <= len([x for x in white if 390 <= x <= 430]) <= 21
    for steps, factor in ((-9, 2.0), (99, 8.0)):
        view.enlarge_loupe(steps)
        assert view.loupe_factor == factor
    assert view.viewport.zoom == 1


def test_the_zoom_is_told_in_percent_of_the_pictures_own_pixels(view: PictureView) -> None:
    view.show_moment(rgb_moment(1, 900, 1600))
    assert view.zoom_text() == ""
    view.zoom(4)
    assert view.zoom_text() == "200%"
    view.zoom_fit()
    assert view.zoom_text() == ""


def test_the_percentage_does_not_lie_on_the_caption_in_the_same_corner(view: PictureView) -> None:
    view.show_moment(rgb_moment(1, 900, 1600))
    corner = view.zoom_corner()
    view.set_view("wipe")
    assert view.zoom_corner().x() == corner.x()
    assert view.zoom_corner().y() + PLATE_HEIGHT <= corner.y()


def test_the_loupe_needs_no_mouse(view: PictureView) -> None:
    view.show_moment(rgb_moment(0, 900, 1600))
    plain = shot(view)
    view.set_loupe(True)
    edge = QPoint(400, 225 - 110)
    assert shot(view).pixelColor(edge).lightness() > plain.pixelColor(edge).lightness() + 100


def test_the_last_picture_fades_and_comes_back(view: PictureView) -> None:
    view.show_moment(rgb_moment(200))
    view.fade(True)
    color = shot(view).pixelColor(400, 225)
    assert color.red() == color.green() == color.blue()
    assert view.faded
    view.show_moment(rgb_moment(100))
    assert not view.faded
    assert shot(view).pixelColor(400, 225).green() == 110


def test_numbers_and_badge_are_painted_over_the_picture(view: PictureView) -> None:
    view.show_moment(rgb_moment(100))
    plain = shot(view)
    view.rows = overlay_rows(snapshot(captured_fps=25, haze_history=(0.2, 0.5, None, 0.4), haze=0.4, age_s=3.0), OVERLAY_ROWS,
                             DISPLAYS["silent"].numbers)
    view.badge, view.badge_alarm = "No new picture for 3 s", True
    view.update()
    told = shot(view)
    assert told.pixelColor(20, 20) != plain.pixelColor(20, 20)
    right = told.pixelColor(780, 20)
    assert right.red() > 180 > right.green()


def test_a_view_without_a_picture_paints_nothing_wrong(view: PictureView) -> None:
    view.zoom(2)
    view.set_loupe(True)
    view.fade(True)
    assert shot(view).pixelColor(400, 225).lightness() < 20


@pytest.mark.parametrize("name", ["dehazed", "wipe", "side", "difference"])
@pytest.mark.parametrize("size", [(800, 450), (801, 333), (517, 640)])
@pytest.mark.parametrize("zoom", [1.0, 3.7])
def test_every_pixel_is_painted_and_the_picture_only_once(view: PictureView, name: str, size: tuple[int, int],
                                                          zoom: float) -> None:
    untouched = QColor(255, 0, 255)
    view.resize(*size)
    view.set_view(name)
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    for show in (lambda: None, lambda: view.show_moment(rgb_moment(200)), lambda: view.zoom(zoom), lambda: view.set_divider(1.0)):
        show()
        image.fill(untouched)
        view.render(image)
        assert not (pixels_of(image)[..., :3] == (255, 0, 255)).all(axis=2).any()
    covered = [pane.shown.toRect().adjusted(2, 2, -2, -2) for pane in view.panes() if pane.shown.width() > 4]
    assert covered
    assert not any(view._uncovered().intersects(area) for area in covered)


def test_panes_are_laid_out_anew_only_where_something_has_changed() -> None:
    kept, size, area = KeptPanes(), QSizeF(160, 90), QRectF(0, 0, 320, 180)
    first = kept("wipe", size, area, Viewport(), 0.5)
    assert kept("wipe", QSizeF(160, 90), QRectF(0, 0, 320, 180), Viewport(), 0.5) is first
    for changed in (("side", size, area, Viewport(), 0.5), ("wipe", QSizeF(90, 160), area, Viewport(), 0.5),
                    ("wipe", size, QRectF(0, 0, 300, 180), Viewport(), 0.5), ("wipe", size, area, Viewport(2.0), 0.5),
                    ("wipe", size, area, Viewport(), 0.6)):
        assert kept(*changed) == panes(*changed)
    assert kept("wipe", size, area, Viewport(), 0.5) == first


def test_a_view_tells_the_size_it_shows_and_again_after_a_closer_look(view: PictureView) -> None:
    seen: list[tuple[int, int] | None] = []
    view.painted.connect(lambda pair: seen.append(pair.frame_size))
    view.show_moment(rgb_moment(1, 900, 1600))
    shot(view)
    view.set_viewport(Viewport(2.0))
    shot(view)
    view.set_viewport(Viewport())
    shot(view)
    small = seen[0]
    assert small is not None
    assert seen == [small, None, small]
    assert small[1] <= view.width() * view.devicePixelRatioF()
