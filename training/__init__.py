"""Training: teachers, feature affinity distillation, evaluation and export of the networks that dehazer ships.

Imports parts of dehazer (models, pyramid, errors), never its pipeline or command line. Every command is a thin entry
point over one loop: `python -m training.teacher`, `.distill`, `.evaluate`, `.profile`, `.export`, `.results`.
"""
