"""Train a deployable network, with or without a teacher.

    python -m training.distill --config training/configs/field_its.toml
    torchrun --nproc-per-node 2 -m training.distill --config training/configs/student_fam.toml

Any student x any teacher x any set of losses; KDDN is a config. Goes on where the run folder stands; give another folder (or
delete it) to start anew.
"""

from __future__ import annotations

from training.command import train_command
from training.networks import STUDENTS

if __name__ == "__main__":
    train_command(__doc__, STUDENTS)
