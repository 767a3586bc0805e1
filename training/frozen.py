"""Training a part of a network: the other layers, and what batch normalisation has seen, stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from dehazer.errors import ConfigError


def learn_only(network: nn.Module, names: Sequence[str]) -> None:
    """Let only the layers called `names` learn (first parts of the parameters' names); none = all.

    Raises ConfigError, with the names there are, for one that the network does not have.
    """
    layers = list(dict.fromkeys(name.split(".")[0] for name, _ in network.named_parameters()))
    if unknown := [name for name in names if name not in layers]:
        raise ConfigError(f"optimiser.only: the network has no layer {unknown[0]!r}; choose from: {', '.join(layers)}.")
    if names:
        for name, parameter in network.named_parameters():
            parameter.requires_grad_(name.split(".")[0] in names)


def keep_statistics(network: nn.Module) -> None:
    """Batch normalisation goes on with the statistics it has, as in use."""
    for module in network.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            module.eval()
