"""Train a teacher: MC-FSRCNN and its variants, or KDDN's auto-encoder.

    python -m training.teacher --config training/configs/teacher_dsc_mc.toml
    python -m training.teacher --config training/configs/teacher_dsc_mc.toml --set network.name=mc --set folder=runs/mc

Goes on where the run folder stands; give another folder (or delete it) to start anew.
"""

from __future__ import annotations

from training.command import train_command
from training.teachers import TEACHERS

if __name__ == "__main__":
    train_command(__doc__, TEACHERS)
