"""Train a deployable network, with or without a teacher: python -m training.distill --config training/configs/field_its.toml

Continues where the run folder stands; delete the folder (or set another `folder`) to start anew.
"""

from __future__ import annotations

from training.command import run_command
from training.networks import STUDENTS

if __name__ == "__main__":
    run_command(__doc__, STUDENTS)
