"""Configs: frozen dataclasses filled from a TOML file and `--set key=value`, checked as a whole, written beside a run."""

from __future__ import annotations

import tomllib
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from dehazer.errors import ConfigError

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Part:
    """A thing from one of the lists: its name and the settings it is built with."""

    name: str
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LossConfig(Part):
    """A loss and its weight in the sum."""

    weight: float = 1.0


@dataclass(frozen=True)
class TeacherConfig(Part):
    """A frozen teacher. checkpoint: its weights, or "random" (KDDN Table 2). resolution: it sees the clear picture as it is
    ("lr") or enlarged twice ("hr"), RFD Table 6."""

    checkpoint: str = ""
    resolution: Literal["lr", "hr"] = "lr"


@dataclass(frozen=True)
class OptimiserConfig:
    """name: adam, adamw or muon. lr: of Adam's part; muon_lr: of Muon's. weight_decay: decoupled (adam: in the gradient).
    schedule: cosine, cycles, decay or constant. warmup: steps from 0 to the full rate (fewer than about 100 let
    a field network run into the identity and stay there). spike: skip steps whose loss is above this many times its
    running mean, 0 = never. check: steps between two looks at the loss; a look makes a graphics card wait.
    final: share of lr left at the end. clip: largest gradient norm, 0 = none. ema: decay of the averaged weights, 0 = none.
    batch: pictures per step over all ranks. accumulate: parts a batch is cut into. precision: fp32, bf16, fp16, or
    auto: whichever of fp32 and bf16 takes less time in a short measurement at the start (kept when the run is resumed).
    only: names of the layers that learn; the others stay as they are, as does what batch normalisation has seen; empty = all."""

    name: str = "adamw"
    lr: float = 2e-3
    muon_lr: float = 0.02
    weight_decay: float = 0.01
    schedule: str = "cosine"
    cycles: int = 3
    warmup: int = 300
    spike: float = 0.0
    check: int = 1
    final: float = 0.02
    clip: float = 1.0
    ema: float = 0.999
    batch: int = 32
    accumulate: int = 1
    precision: Literal["auto", "fp32", "bf16", "fp16"] = "auto"
    channels_last: bool = True
    only: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.batch % self.accumulate:
            raise ConfigError(f"optimiser.batch = {self.batch} is not a multiple of accumulate = {self.accumulate}.")
        if not 0 <= self.ema < 1 or self.lr <= 0 or self.warmup < 0:
            raise ConfigError("optimiser: lr must be above 0, ema in [0, 1), warmup at least 0.")
        if self.check < 1 or (self.check > 1 and self.spike):
            raise ConfigError(f"optimiser.check = {self.check}: give 1, or more with spike = 0 (spike needs every loss).")


@dataclass(frozen=True)
class Config:
    """One run.

    folder: where logs and checkpoints go. init: checkpoint to start weights from ("" = random). seed. steps: optimiser
    steps (0 = by minutes alone). minutes: training time, resumes added up (0 = by steps alone). clock: what minutes are counted
    in: time on the wall, or processor time of this process, for equal budgets on a machine that is shared. validate_every,
    save_every: minutes between validations and checkpoints. threads: CPU threads (0 = torch's choice). workers: loader
    processes. repeat: how often every batch is used (`training.data.repeated`). device: auto, cpu or cuda. keep: steps after
    which the state is kept as stepN.pt, for averages of weights.
    """

    folder: str
    network: Part
    data: Part
    loss: tuple[LossConfig, ...]
    validate: tuple[Part, ...] = ()
    teacher: TeacherConfig | None = None
    optimiser: OptimiserConfig = OptimiserConfig()
    init: str = ""
    seed: int = 0
    steps: int = 0
    minutes: float = 0.0
    clock: Literal["wall", "processor"] = "wall"
    validate_every: float = 5.0
    save_every: float = 5.0
    threads: int = 0
    workers: int = 0
    repeat: int = 1
    device: str = "auto"
    keep: tuple[int, ...] = ()
    tensorboard: bool = False

    def __post_init__(self) -> None:
        if self.steps <= 0 and self.minutes <= 0:
            raise ConfigError("The config gives no length: set steps or minutes above 0.")
        if self.repeat < 1:
            raise ConfigError(f"repeat = {self.repeat}: give how often every batch is used, 1 or more.")
        if self.repeat > 1 and self.workers:
            raise ConfigError(f"repeat = {self.repeat} with workers = {self.workers}: every worker would make each batch for "
                              "itself; give one of the two.")
        if not self.loss:
            raise ConfigError("The config names no loss: add at least one [[loss]].")


def smoke(config: Config) -> Config:
    """The same run in seconds: four steps of four pictures, four scenes, one picture to validate on, a folder of its own."""
    small = {"limit": 4} | ({"crop": 64} if "crop" in config.data.settings else {})
    optimiser = replace(config.optimiser, batch=4, accumulate=min(config.optimiser.accumulate, 2), warmup=1)
    validate = tuple(replace(v, settings=v.settings | {"limit": 1} | ({"count": 1, "batch": 2} if "source" in v.settings else {}))
                     for v in config.validate)
    return replace(config, folder=config.folder + "-smoke", steps=4, minutes=0.0, workers=0, optimiser=optimiser,
                   data=replace(config.data, settings=config.data.settings | small), validate=validate)


def load_config(path: Path, changes: Sequence[str] = ()) -> Config:
    """The config of a run: `read_toml` with `key=value` changes (dotted keys; list items by number)."""
    return read_toml(Config, path, changes)


def read_toml(kind: type[Kind], path: Path, changes: Sequence[str] = ()) -> Kind:
    """A dataclass filled from a TOML file, after changes; raises ConfigError for what does not fit it."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"The config {path} cannot be read; give the path of a TOML file.", str(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"The config {path} is not valid TOML: {error}.") from error
    for change in changes:
        _change(raw, change)
    filled = _fill(kind, raw, "")
    assert isinstance(filled, kind)
    return filled


def _change(raw: dict[str, Any], change: str) -> None:
    key, equals, text = change.partition("=")
    if not equals:
        raise ConfigError(f"--set {change}: write key=value, for example --set optimiser.lr=1e-3.")
    *parents, last = key.strip().split(".")
    here: Any = raw
    try:
        for parent in parents:
            here = here[int(parent)] if isinstance(here, list) else here.setdefault(parent, {})
    except (ValueError, IndexError, AttributeError) as error:
        raise ConfigError(f"--set {change}: the config has no {'.'.join(parents)}; list items are numbered from 0.") from error
    if isinstance(here, list):
        here[int(last):int(last) + 1] = [_value(text)]  # the number after the last appends
    else:
        here[last] = _value(text)


def _value(text: str) -> Any:
    """A TOML value, or the text itself when it is none (paths need no quotes)."""
    try:
        return tomllib.loads(f"x = {text}")["x"]
    except tomllib.TOMLDecodeError:
        return text


def _fill(kind: Any, raw: Any, where: str) -> Any:
    """Build the dataclass `kind` (or a value of an annotated type) from parsed TOML."""
    if is_dataclass(kind):
        return _fill_dataclass(kind, raw, where)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if raw is None else _fill(next(k for k in inner if k is not type(None)), raw, where)
    if origin is tuple:
        if not isinstance(raw, list):
            raise ConfigError(f"{where} must be a list of tables ([[{where}]]).")
        return tuple(_fill(inner[0], item, f"{where}.{i}") for i, item in enumerate(raw))
    if origin is Literal:
        if raw not in inner:
            raise ConfigError(f"{where} = {raw!r}; choose one of: {', '.join(map(str, inner))}.")
        return raw
    return _plain(kind, raw, where)


def _plain(kind: Any, raw: Any, where: str) -> Any:
    if kind is float and isinstance(raw, int) and not isinstance(raw, bool):
        return float(raw)
    wanted = get_origin(kind) or kind
    if not isinstance(raw, wanted) or (wanted is int and isinstance(raw, bool)):
        raise ConfigError(f"{where} = {raw!r} is not a {wanted.__name__}; correct the config or the --set.")
    return raw


def _fill_dataclass(kind: Any, raw: Any, where: str) -> Any:
    if not isinstance(raw, Mapping):
        raise ConfigError(f"{where} must be a table, not {raw!r}.")
    prefix = f"{where}." if where else ""
    hints, known = get_type_hints(kind), {f.name: f for f in fields(kind)}
    # A part's own settings may stand beside its name: `[data] name = "field-its"`, `indoor = "…"`.
    loose = {k: v for k, v in raw.items() if k not in known}
    if loose and "settings" not in known:
        raise ConfigError(f"{prefix}{next(iter(loose))} is no option; choose one of: {', '.join(known)}.")
    raw = {k: v for k, v in raw.items() if k in known} | ({"settings": {**raw.get("settings", {}), **loose}} if loose else {})
    missing = [n for n, f in known.items() if n not in raw and f.default is MISSING and f.default_factory is MISSING]
    if missing:
        raise ConfigError(f"{prefix}{missing[0]} is missing from the config.")
    return kind(**{name: _fill(hints[name], value, prefix + name) for name, value in raw.items()})


def write_config(config: Config, path: Path) -> None:
    """Write the effective config (file plus changes) as TOML that `load_config` reads again."""
    path.write_text(_table(asdict(config), ""), "utf-8")


def _table(values: Mapping[str, Any], name: str) -> str:
    plain = [f"{k} = {_literal(v)}" for k, v in values.items() if not isinstance(v, Mapping) and v is not None and not _rows(v)]
    text = "\n".join(plain) + "\n"
    for key, value in values.items():
        inner = f"{name}.{key}" if name else key
        if isinstance(value, Mapping):
            text += f"\n[{inner}]\n" + _table(value, inner)
        elif _rows(value):
            text += "".join(f"\n[[{inner}]]\n" + _table(row, inner) for row in value)
    return text


def _rows(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping)


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return repr(value)
