"""The haze field: gain and offset on a grid, what the network sees to estimate them, and their use on full-resolution planes."""
