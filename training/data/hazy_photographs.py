"""Photographs of the clear sets that are hazy themselves: they must not teach a network to leave haze alone.

How the list was made: `training.data.haze_check.veil_share` of every photograph of BSDS500 (train) and of the outdoor set; the 90
with a share of 0.15 and more were looked at, and those with visible fog, smoke, dust or veiled distances were listed by name.
"""

HAZY = frozenset((
    "172032", "55067", "271031", "20008", "188063", "253036", "161062", "scene-134", "scene-141", "scene-081", "scene-148",
    "sun-070",
))
