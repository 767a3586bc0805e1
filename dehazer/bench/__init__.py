"""Measuring: how fast each stage and the whole chain run on this machine, beside what the machine itself can do."""
