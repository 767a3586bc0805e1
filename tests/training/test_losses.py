"""Losses against naive implementations, their memory, and that every student trains with every one of them."""

from __future__ import annotations

import copy
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.errors import ConfigError, WeightsError
from training.batch import Batch, Prediction
from training.inference import FORWARD
from training.losses import LOSSES
from training.losses.affinity import FeatureAffinity, affinity
from training.losses.field import Floor, Transmission
from training.losses.imitation import Imitation, normalised
from training.losses.perceptual import LAYERS, Perceptual, vgg19
from training.losses.pixel import L1, MSE, RMSE, Chroma, SmoothError
from training.model import FrozenTeacher
from training.networks import STUDENTS
from training.profile import inputs
from training.teachers import TEACHERS

ONE = {"early": 3}


def example(height: int = 16, width: int = 24, channels: int = 3) -> tuple[Prediction, Batch, dict[str, Tensor]]:
    torch.manual_seed(1)
    features = torch.rand(2, channels, height, width, requires_grad=True)
    batch = Batch(torch.rand(2, 3, height, width), torch.rand(2, 3, height, width), torch.rand(2, 1, height, width).clamp(0.1))
    return Prediction(torch.rand(2, 3, height, width, requires_grad=True), {"early": features}), batch, {
        "early": torch.rand(2, channels + 2, height, width)}


def number(x: Tensor) -> float:
    """A scalar without its history."""
    return float(x.detach())


def naive_affinity(hazy: Tensor, clear: Tensor, distance: str) -> Tensor:
    """RFD eq. 7 to 12, element by element, on unit-length features."""
    total: Tensor = torch.zeros(())
    for one in range(len(hazy)):
        grids = []
        for maps in (hazy[one], clear[one]):
            rows, columns = maps.shape[1] // 4, maps.shape[2] // 4
            cells = [maps[:, 4 * r:4 * r + 4, 4 * c:4 * c + 4].mean(dim=(1, 2)) for r in range(rows) for c in range(columns)]
            grids.append([x / x.norm() for x in cells])
        count = len(grids[0])
        for i in range(count):
            h = torch.stack([(grids[0][i] * other).sum() for other in grids[0]])
            c = torch.stack([(grids[1][i] * other).sum() for other in grids[1]])
            if distance == "kl":
                p, q = h.softmax(0), c.softmax(0)
                total = total + (p * (p / q).log()).sum() / (len(hazy) * count)
            else:
                gap = (h - c).square() if distance == "l2" else (h - c).abs()
                total = total + gap.sum() / (len(hazy) * count * count)
    return total


@pytest.mark.parametrize("distance", ["l2", "l1", "kl"])
def test_affinity_and_its_gradient_are_the_naive_ones(distance: str) -> None:
    prediction, batch, teacher_taps = example()
    features = prediction.taps["early"]
    loss = FeatureAffinity(distance, ["early"], positions=0)(prediction, batch, teacher_taps)
    slow = naive_affinity(features, teacher_taps["early"], distance)
    assert number(loss) == pytest.approx(number(slow), rel=1e-4)
    fast_gradient, slow_gradient = (torch.autograd.grad(x, features)[0] for x in (loss, slow))
    assert torch.allclose(fast_gradient, slow_gradient, rtol=1e-3, atol=1e-8)
    assert fast_gradient.abs().max() > 0


def test_affinity_to_the_letter_is_the_matrix_product() -> None:
    x = torch.rand(1, 3, 5)
    assert torch.allclose(affinity(x)[0], x[0].T @ x[0])
    prediction, batch, teacher_taps = example()
    plain = FeatureAffinity(scales=["early"], positions=0, normalise=False)(prediction, batch, teacher_taps)
    pooled = [F.avg_pool2d(m, 4).flatten(2) for m in (prediction.taps["early"], teacher_taps["early"])]
    assert number(plain) == pytest.approx(number((affinity(pooled[0]) - affinity(pooled[1])).square().mean()), rel=1e-4)


def test_equal_features_cost_nothing() -> None:
    prediction, batch, _ = example()
    for distance in ("l2", "l1", "kl"):
        loss = FeatureAffinity(distance, ["early"])(prediction, batch, {"early": prediction.taps["early"].detach()})
        assert number(loss) == pytest.approx(0, abs=1e-6)


def test_whole_pictures_stay_within_memory() -> None:
    """N = 17,825 positions would make matrices of 1.3 GB; the drawn ones make 4 MB."""
    features = torch.rand(1, 4, 460, 620, requires_grad=True)
    prediction = Prediction(torch.rand(1, 3, 460, 620), {"early": features})
    batch = Batch(torch.rand(1, 3, 460, 620), torch.rand(1, 3, 460, 620))
    sizes: list[int] = []

    def watch(x: Tensor) -> Tensor:
        sizes.append(x.numel())
        return x

    loss = FeatureAffinity(scales=["early"], positions=1024)
    with torch.autograd.graph.saved_tensors_hooks(watch, lambda x: x):
        loss(prediction, batch, {"early": torch.rand(1, 7, 920, 1240)}).backward()
    assert max(sizes) <= max(1024 * 1024, features.numel())
    assert features.grad is not None
    assert (features.grad != 0).any()


def test_positions_change_from_step_to_step_and_come_back_with_the_state() -> None:
    prediction, batch, teacher_taps = example(64, 64)
    loss = FeatureAffinity(scales=["early"], positions=20)
    first, state = number(loss(prediction, batch, teacher_taps)), copy.deepcopy(loss.state_dict())
    second = number(loss(prediction, batch, teacher_taps))
    again = FeatureAffinity(scales=["early"], positions=20)
    again.load_state_dict(state)
    assert second != first
    assert number(again(prediction, batch, teacher_taps)) == second


def test_pictures_can_be_the_features() -> None:
    prediction, batch, _ = example()
    loss = FeatureAffinity(scales=["output"])(prediction, batch, {"output": prediction.image.detach()})
    assert number(loss) == pytest.approx(0, abs=1e-6)


def test_pixelwise_conformity_compares_places_and_learns_nothing() -> None:
    """RFD eq. 12 has no parameters: what differs in the number of channels is averaged over them."""
    prediction, batch, teacher_taps = example()
    loss = FeatureAffinity("pixel", ["early"])
    loss.connect(ONE, {"early": 5})
    assert not list(loss.parameters())
    maps = [F.avg_pool2d(m, 4).mean(1) for m in (prediction.taps["early"], teacher_taps["early"])]
    value = loss(prediction, batch, teacher_taps)
    assert number(value) == pytest.approx(number((maps[0] - maps[1]).square().mean()), rel=1e-4)
    value.backward()


def test_maps_are_pooled_to_a_quarter_of_the_picture_or_of_their_own_side() -> None:
    """The same for a student that keeps the picture's size (an HR teacher is then pooled by eight); else a quarter of the map."""
    seen: list[tuple[int, ...]] = []
    for quarter_of, side in (("picture", 8), ("map", 8)):
        loss = FeatureAffinity(scales=["early"], quarter_of=quarter_of)
        loss._scale = lambda hazy, clear: seen.append((*hazy.shape[2:], *clear.shape[2:])) or hazy.sum()
        prediction = Prediction(torch.rand(1, 3, 32, 32), {"early": torch.rand(1, 4, 32, 32)})
        loss(prediction, Batch(torch.rand(1, 3, 32, 32), torch.rand(1, 3, 32, 32)), {"early": torch.rand(1, 7, 64, 64)})
        assert seen[-1] == (side,) * 4
        small = Prediction(torch.rand(1, 3, 32, 32), {"early": torch.rand(1, 4, 8, 8)})
        loss(small, Batch(torch.rand(1, 3, 32, 32), torch.rand(1, 3, 32, 32)), {"early": torch.rand(1, 7, 64, 64)})
        assert seen[-1] == ((8,) * 4 if quarter_of == "picture" else (2,) * 4)
    with pytest.raises(ConfigError, match="choose one of: picture, map"):
        FeatureAffinity(quarter_of="crop")


@pytest.mark.parametrize("density", ["none", "transmission", "residual"])
def test_imitation_weighs_the_dense_haze(density: str) -> None:
    prediction, batch, teacher_taps = example()
    loss = Imitation(density, ["early"])
    loss.connect(ONE, {"early": 5})
    grey = ((batch.hazy - batch.clear) * torch.tensor([0.299, 0.587, 0.114])[:, None, None]).sum(1, keepdim=True).abs()
    assert batch.transmission is not None
    weights = {"none": torch.ones(2, 1, 16, 24), "transmission": 1 - batch.transmission, "residual": grey}[density]
    if density != "none":
        weights = torch.stack([(w - w.min()) / (w.max() - w.min()) for w in weights])
    gap = (teacher_taps["early"] - loss.adapters["early"](prediction.taps["early"])).abs()
    assert number(loss(prediction, batch, teacher_taps)) == pytest.approx(number((weights * gap).mean()), rel=1e-5)


def test_normalisation_of_a_constant_map_is_zero() -> None:
    assert (normalised(torch.full((2, 1, 4, 4), 0.3)) == 0).all()


def test_pixel_losses() -> None:
    prediction, batch, _ = example()
    gap = prediction.image - batch.clear
    assert number(L1()(prediction, batch, {})) == pytest.approx(number(gap.abs().mean()))
    assert number(MSE()(prediction, batch, {})) == pytest.approx(number(gap.square().mean()))
    assert number(RMSE()(prediction, batch, {})) == pytest.approx(number(gap.square().mean((1, 2, 3)).sqrt().mean()), rel=1e-4)
    assert batch.transmission is not None
    weighted = (gap.abs() * batch.transmission).mean()
    assert number(L1(trust=1.0)(prediction, batch, {})) == pytest.approx(number(weighted), rel=1e-5)


def test_transmission_is_best_at_its_inverse_and_blotches_cost() -> None:
    t = torch.full((1, 1, 8, 8), 0.5)
    batch = Batch(torch.rand(1, 3, 8, 8), torch.rand(1, 3, 8, 8), t)
    smooth, blotched = (Prediction(batch.hazy, gain=gain) for gain in (
        torch.full((1, 1, 4, 4), 2 * math.e), 2 * torch.exp(torch.ones(1, 1, 4, 4) * torch.tensor([1.0, -1.0, 1.0, -1.0]))))
    right = Prediction(batch.hazy, gain=torch.full((1, 1, 4, 4), 2.0))
    assert number(Transmission()(right, batch, {})) == pytest.approx(0, abs=1e-6)
    assert number(Transmission()(smooth, batch, {})) == pytest.approx(1, rel=1e-5)
    assert number(Transmission()(blotched, batch, {})) == pytest.approx(1, rel=1e-5)
    assert number(Transmission(smoothness=1.0)(smooth, batch, {})) == pytest.approx(1, rel=1e-5)
    assert number(Transmission(smoothness=1.0)(blotched, batch, {})) == pytest.approx(3, rel=1e-5)
    with pytest.raises(ConfigError, match="needs a field network"):
        Transmission()(Prediction(batch.hazy), batch, {})


def test_colour_and_evenness_see_only_their_own_fault() -> None:
    clear = torch.rand(1, 3, 16, 16)
    batch = Batch(clear, clear)
    darker, redder, cloudy = clear - 0.1, clear.clone(), clear.clone()
    redder[:, 0] += 0.3
    cloudy[..., :8] += 0.2
    costs = {name: (number(Chroma()(Prediction(x), batch, {})), number(SmoothError()(Prediction(x), batch, {})))
             for name, x in (("darker", darker), ("redder", redder), ("cloudy", cloudy))}
    assert costs["darker"] == pytest.approx((0, 0), abs=1e-6)
    assert costs["redder"] == pytest.approx(((0.2 + 0.1 + 0.1) / 3, 0), abs=1e-6)
    assert costs["cloudy"] == pytest.approx((0, 0.2 / 3), abs=1e-6)


def test_floor_counts_only_what_is_crushed() -> None:
    batch = Batch(torch.zeros(1, 3, 1, 2), torch.full((1, 3, 1, 2), 0.5))
    prediction = Prediction(torch.tensor([0.9, 0.2]).expand(1, 3, 1, 2))
    assert number(Floor(0.8)(prediction, batch, {})) == pytest.approx((0.4 - 0.2) / 2)


def test_perceptual_weights_are_local(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "vgg19.pth")
    with pytest.raises(ConfigError, match="never downloaded"):
        Perceptual(missing)
    prediction, batch, _ = example()
    assert number(Perceptual(missing, missing="skip")(prediction, batch, {})) == 0
    assert "goes on without this loss" in capsys.readouterr().err
    torch.save({"other": torch.zeros(1)}, missing)
    with pytest.raises(WeightsError, match="does not hold VGG19's weights"):
        Perceptual(missing)


def test_perceptual_listens_at_the_paper_s_layers(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = vgg19()
    convs = [m for m in network if isinstance(m, torch.nn.Conv2d)]
    assert [m.out_channels for m in convs] == [64] * 2 + [128] * 2 + [256] * 4 + [512] * 6
    assert len(network) == 31
    path = tmp_path / "vgg19.pth"
    torch.save({f"features.{name}": value for name, value in network.state_dict().items()}, path)
    loss, (prediction, batch, _) = Perceptual(str(path)), example(32, 32)
    assert not list(loss.parameters())
    assert not loss.state_dict()
    x, y = ((p - loss.mean) / loss.spread for p in (prediction.image, batch.clear))
    total = 0.0
    for index, layer in enumerate(network):
        x, y = layer(x), layer(y)
        total += number((x - y).abs().mean()) if index in LAYERS else 0.0
    assert number(loss(prediction, batch, {})) == pytest.approx(total, rel=1e-4)


def test_scales_that_nobody_offers_are_named() -> None:
    with pytest.raises(ConfigError, match="'late', which student and teacher do not both"):
        FeatureAffinity().connect({"early": 3, "middle": 3}, {"early": 3, "middle": 4, "late": 5})
    with pytest.raises(ConfigError, match="choose one of: l2, l1, kl, pixel"):
        FeatureAffinity("cosine")
    with pytest.raises(ConfigError, match="choose one of: none, transmission, residual"):
        Imitation("fog")


def test_errors_on_clear_pictures_count_only_beyond_what_is_allowed() -> None:
    clear = torch.full((3, 3, 8, 8), 0.5)
    t = torch.ones(3, 1, 8, 8)
    t[2] = 0.5  # hazy: not this loss's affair
    shift = torch.tensor([0.005, 0.05, 0.3])[:, None, None, None]
    prediction, batch = Prediction(clear + shift), Batch(clear, clear, t)
    plain, hinged = LOSSES["clear-error"](), LOSSES["clear-error"](allowed=0.01)
    assert float(plain(prediction, batch, {})) == pytest.approx((0.005 + 0.05) / 3, rel=1e-2)
    assert float(hinged(prediction, batch, {})) == pytest.approx((0.05 - 0.01) / 3, rel=1e-2)


SETTINGS: dict[str, dict[str, Any]] = {"perceptual": {"weights": "/no/file", "missing": "skip"}}


MEETINGS = [(name, title) for name in STUDENTS for title in LOSSES if title != "transmission" or STUDENTS[name].kind == "field"]


@pytest.mark.parametrize(("name", "title"), MEETINGS)
def test_every_student_trains_with_every_loss(name: str, title: str) -> None:
    student, kind = STUDENTS[name].build(), STUDENTS[name].kind
    teacher_taps = FrozenTeacher(TEACHERS["dsc-mc"].build(), "hr", torch.device("cpu"))
    loss = LOSSES[title](**SETTINGS.get(title, {}))
    loss.connect({**student.taps, "output": 3}, teacher_taps.channels)
    seen = inputs(STUDENTS[name], 64, 96, "cpu")
    t, stats = torch.rand_like(seen[0][:, :1]).clamp(0.1), seen[1] if len(seen) > 1 else None
    t[0] = 1  # a clear picture: one loss looks at nothing else
    batch = Batch(seen[0], torch.rand_like(seen[0]), t, stats)
    value = loss(FORWARD[kind](student, batch), batch, teacher_taps(batch))
    assert torch.isfinite(value)
    if value.requires_grad:
        value.backward()
        assert any(p.grad is not None and p.grad.abs().max() > 0 for p in student.parameters())
    assert not any(p.requires_grad for p in teacher_taps.network.parameters())
