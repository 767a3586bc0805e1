"""Teachers, the KDDN student and what students and teachers promise to the losses."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor

from dehazer.errors import ConfigError
from dehazer.field.haze_field import HazeField
from dehazer.models.kddn import Kddn, Swrcab
from training.candidates import NETWORKS
from training.config import Part
from training.inference import apply_field
from training.networks import STUDENTS, build_network
from training.profile import inputs, operations
from training.teachers import TEACHERS

PARAMETERS = {"fsrcnn-2x": 24_683, "fsrcnn-4x": 24_683, "mc": 38_427, "relu-mc": 37_911, "dsc-mc": 26_451, "dscbn-mc": 29_571,
              "autoencoder": 557_443}


@pytest.mark.parametrize("name", TEACHERS)
def test_parameters_are_the_paper_s(name: str) -> None:
    assert sum(p.numel() for p in TEACHERS[name].build().parameters()) == PARAMETERS[name]


@pytest.mark.parametrize("name", TEACHERS)
def test_teachers_enlarge_or_keep(name: str) -> None:
    factor = {"fsrcnn-4x": 4, "autoencoder": 1}.get(name, 2)
    assert TEACHERS[name].build()(torch.rand(2, 3, 12, 20)).shape == (2, 3, 12 * factor, 20 * factor)


@pytest.mark.parametrize("name", NETWORKS)
def test_taps_are_as_announced(name: str) -> None:
    network = NETWORKS[name].build().eval()
    prediction, taps = network.features(*inputs(NETWORKS[name], 64, 96, "cpu"))
    assert {key: value.shape[1] for key, value in taps.items()} == network.taps
    again: Any = network(*inputs(NETWORKS[name], 64, 96, "cpu"))
    assert isinstance(again, Tensor) == isinstance(prediction, Tensor)


def test_student_s_operations_are_the_paper_s() -> None:
    assert operations(STUDENTS["student"], 460, 620) == pytest.approx(53.4, abs=0.1)


def test_colours_do_not_meet_in_the_multi_channel_teacher() -> None:
    network, x = TEACHERS["mc"].build().eval(), torch.rand(1, 3, 8, 8)
    y = x.clone()
    y[:, 2] = 0
    before, after = network(x), network(y)
    assert torch.equal(before[:, :2], after[:, :2])
    assert not torch.equal(before[:, 2], after[:, 2])


def test_kddn_answers_in_the_range_of_pictures() -> None:
    network = Kddn(groups=3, blocks=1).eval()
    prediction = network(torch.rand(1, 3, 16, 20))
    assert prediction.shape == (1, 3, 16, 20)
    assert prediction.min() >= 0
    assert prediction.max() <= 1


def test_channel_attention_is_learnt_from_the_spatially_weighted_input() -> None:
    """KDDN 3.1: spatial weights of the input features, their product, global mean, linear layer, sigmoid."""
    torch.manual_seed(0)
    block, x = Swrcab(8), torch.rand(2, 8, 12, 12)
    assert block.spatial is not None
    attention = block.channel((x * block.spatial(x)).mean((2, 3), keepdim=True))
    assert torch.allclose(block(x), x + block.body(x) * attention, atol=1e-6)
    plain = Swrcab(8, spatial=False)  # the squeeze-and-excitation block of the baseline listens to the block's own features
    y = plain.body(x)
    assert torch.allclose(plain(x), x + y * plain.channel(y.mean((2, 3), keepdim=True)), atol=1e-6)


def test_the_backbone_of_kddn_has_a_long_skip() -> None:
    network, x = Kddn(groups=2, blocks=1).eval(), torch.rand(1, 3, 16, 20)
    for group in network.groups:
        for parameter in group.body[-1].parameters():  # the last convolution: groups now change nothing
            torch.nn.init.zeros_(parameter)
    shallow = network.down(2 * x - 1)
    assert torch.allclose(network(x), (network.up(2 * shallow) + 1) / 2, atol=1e-6)


def test_unknown_networks_and_settings_are_named() -> None:
    with pytest.raises(ConfigError, match="choose one of: field, student, kddn"):
        build_network(Part("resnet"), STUDENTS)
    with pytest.raises(ConfigError, match="settings of the network student"):
        build_network(Part("student", {"depth": 3}), STUDENTS)


def test_applying_a_field_is_differentiable() -> None:
    """The loss of a field network goes through the pictures its field gives."""
    gain = torch.ones(1, 1, 2, 2, requires_grad=True)
    apply_field(torch.rand(1, 3, 8, 8), gain, torch.zeros(1, 3, 2, 2), 4).sum().backward()
    assert gain.grad is not None
    assert (gain.grad > 0).all()


def test_training_and_the_application_apply_the_same_field() -> None:
    """Without a guide and padding, the tensors of training give what the deployed field gives."""
    draw = torch.Generator().manual_seed(2)
    gain, offset = 1 + torch.rand(1, 1, 3, 4, generator=draw), -torch.rand(1, 3, 3, 4, generator=draw)
    picture = torch.rand(1, 3, 24, 32, generator=draw)
    deployed = HazeField(gain[0].numpy(), offset[0].numpy()).apply_rgb(picture.numpy())
    assert torch.allclose(apply_field(picture, gain, offset, 8), torch.from_numpy(deployed), atol=1e-5)
