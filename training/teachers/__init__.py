"""All teachers in one list: super-resolution networks (RFD section 3.1) and KDDN's auto-encoder.

A teacher lists its feature maps in `taps` (name → channels) and gives them with `features(clear)`, like the students.
"""

from __future__ import annotations

from training.networks import Trainable, table
from training.teachers.autoencoder import AutoEncoder
from training.teachers.fsrcnn import ColourWise, build_fsrcnn

TEACHERS = table([
    ("fsrcnn-2x", Trainable("image", lambda: build_fsrcnn(scale=2))),
    ("fsrcnn-4x", Trainable("image", lambda: build_fsrcnn(scale=4))),
    ("mc", Trainable("image", ColourWise)),
    ("relu-mc", Trainable("image", lambda: ColourWise(activation="relu"))),
    ("dsc-mc", Trainable("image", lambda: ColourWise(separable=True))),
    ("dscbn-mc", Trainable("image", lambda: ColourWise(separable=True, normalised=True))),
    ("autoencoder", Trainable("image", AutoEncoder, multiple=4)),
])
