"""The three protocols against scikit-image and pytorch-msssim, and the clip and sheet helpers."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from pytorch_msssim import ssim as msssim
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from torch import Tensor
from torch.nn import functional as F

from dehazer.errors import UsageError
from tests.training.conftest import scenery
from training.data.samples import as_tensor
from training.metrics.clip import flicker_index, mean_luma, psnr_sigma
from training.metrics.quality import by_8bit, by_ffa, by_gunet, scores, ssim
from training.metrics.sheet import contact_sheet, fitted, pixels
from training.report import packaged_sets


@pytest.fixture(params=[(90, 120), (460, 620), (600, 130)])
def pair(request: pytest.FixtureRequest) -> tuple[Tensor, Tensor]:
    clear = as_tensor(scenery(1, *request.param))
    noise = torch.from_numpy(np.random.default_rng(0).normal(0, 0.05, clear.shape).astype(np.float32))
    return (0.8 * clear + 0.15 + noise).clamp(0, 1), clear


def test_8bit_protocol_is_scikit_image_s(pair: tuple[Tensor, Tensor]) -> None:
    prediction, clear = (pixels(p) for p in pair)
    score = by_8bit(*pair)
    assert score.psnr == pytest.approx(peak_signal_noise_ratio(clear, prediction, data_range=255), abs=1e-4)
    theirs = structural_similarity(clear, prediction, data_range=255, channel_axis=2, gaussian_weights=True, sigma=1.5,
                                   use_sample_covariance=False)
    assert score.ssim == pytest.approx(theirs, abs=1e-5)


def test_gunet_protocol_is_pytorch_msssim_s_after_pooling(pair: tuple[Tensor, Tensor]) -> None:
    prediction, clear = pair
    ratio = max(1, round(min(clear.shape[2:]) / 256))
    size = (clear.shape[2] // ratio, clear.shape[3] // ratio)
    theirs = msssim(*(F.adaptive_avg_pool2d(p, size) for p in pair), data_range=1, size_average=True)
    score = by_gunet(prediction, clear)
    assert score.ssim == pytest.approx(float(theirs), abs=1e-5)
    assert score.psnr == pytest.approx(peak_signal_noise_ratio(clear.numpy(), prediction.numpy(), data_range=1), abs=1e-4)


def test_ffa_protocol_pads_with_zeros(pair: tuple[Tensor, Tensor]) -> None:
    """Against the plain two-dimensional window that FFA-Net's evaluation slides over the padded picture."""
    pair = (pair[0][..., :120, :120], pair[1][..., :120, :120])
    prediction, clear = (p.double() for p in pair)
    ramp = torch.exp(-(torch.arange(11.0, dtype=torch.float64) - 5).square() / 4.5)
    window = (torch.outer(ramp, ramp) / ramp.sum() ** 2).expand(3, 1, 11, 11)

    def mean(x: Tensor) -> Tensor:
        return F.conv2d(x, window, padding=5, groups=3)

    mx, my = mean(prediction), mean(clear)
    vx, vy, vxy = mean(prediction**2) - mx**2, mean(clear**2) - my**2, mean(prediction * clear) - mx * my
    theirs = ((2 * mx * my + 1e-4) * (2 * vxy + 9e-4) / ((mx**2 + my**2 + 1e-4) * (vx + vy + 9e-4))).mean()
    assert by_ffa(*pair).ssim == pytest.approx(float(theirs), abs=1e-6)
    assert by_ffa(*pair).psnr == by_gunet(*pair).psnr


def test_protocols_differ_and_answers_are_clamped(pair: tuple[Tensor, Tensor]) -> None:
    found = scores(pair[0], pair[1], ("ffa", "gunet", "8bit"))
    assert len({round(s.ssim, 6) for s in found.values()}) >= 2
    assert scores(pair[1] * 3 - 1, pair[1], ("ffa",))["ffa"] == by_ffa((pair[1] * 3 - 1).clamp(0, 1), pair[1])


def test_equal_pictures_are_perfect(pair: tuple[Tensor, Tensor]) -> None:
    for protocol in (by_ffa, by_gunet, by_8bit):
        score = protocol(pair[1], pair[1])
        assert score.psnr == 100
        assert score.ssim == pytest.approx(1)


def test_sizes_must_agree() -> None:
    with pytest.raises(UsageError, match="one size of at least 11×11"):
        scores(torch.rand(1, 3, 20, 20), torch.rand(1, 3, 20, 21), ("ffa",))


def test_constant_shift_lowers_ssim_only_through_luminance() -> None:
    flat = torch.full((1, 3, 32, 32), 0.4)
    expected = (2 * 0.4 * 0.5 + 1e-4) / (0.4**2 + 0.5**2 + 1e-4)
    assert ssim(flat, flat + 0.1) == pytest.approx(expected, abs=1e-6)


def test_steadiness() -> None:
    assert flicker_index([10, 12, 10, 12], [9, 11, 9, 11]) == 0
    assert flicker_index([10, 12, 10, 12], [10, 10, 10, 10]) == 1
    assert psnr_sigma([30, 32]) == 1
    assert mean_luma(torch.ones(1, 3, 4, 4)) == pytest.approx(255)


def test_sheet_has_a_row_per_picture_and_keeps_proportions() -> None:
    wide, tall = scenery(1, 20, 80), scenery(2, 80, 20)
    sheet = contact_sheet([("one", [wide, tall]), ("two", [wide])], height=40, width=60)
    assert sheet.shape == (2 * 44, 2 * 64, 3)
    tile = fitted(wide, 40, 60)
    assert (tile[:10] == 32).all()
    assert (tile[13:27] != 32).any()


def test_packaged_sets_are_reported_with_calibration_and_clips() -> None:
    figures = {"psnr": 30.123, "ssim": 0.95, "calibration worst": 0.0612, "t uniform 0.6": 0.61, "walk swing": 7.25}
    text = packaged_sets([{"model": "field", "name": "real", "machine": "m", "figures": figures},
                          {"model": "student", "name": "its", "machine": "m", "figures": {"psnr": 22.0, "ssim": 0.9}}])
    assert "| | psnr | ssim | calibration worst |" in text
    assert "| field, `real` | 30.12 | 0.9500 | 0.061 |" in text
    assert "| student, `its` | 22.00 | 0.9000 |  |" in text
    assert "| t uniform 0.6 | 0.610 |" in text
    assert "| walk swing | 7.25 |" in text
    assert packaged_sets([]) == ""
