"""Names of languages in media files: ISO 639-2 has two for twenty of them, and QuickTime numbers some of either kind."""

from __future__ import annotations

import re

_PAIRS = (("sqi", "alb"), ("hye", "arm"), ("eus", "baq"), ("bod", "tib"), ("mya", "bur"), ("ces", "cze"), ("zho", "chi"),
          ("cym", "wel"), ("deu", "ger"), ("nld", "dut"), ("ell", "gre"), ("fas", "per"), ("fra", "fre"), ("kat", "geo"),
          ("isl", "ice"), ("mkd", "mac"), ("mri", "mao"), ("msa", "may"), ("ron", "rum"), ("slk", "slo"), ("swe", "sve"))
"""ISO 639-2: terminological and bibliographic code of one language; the last is FFmpeg's own name for QuickTime's Swedish."""
_OTHER = {one: two for pair in _PAIRS for one, two in (pair, pair[::-1])}
_QUICKTIME = frozenset(re.findall(r"\w+", (
    "eng fra ger ita dut sve spa dan por nor heb jpn ara fin gre ice mlt tur chi urd hin tha kor lit pol hun est lav "
    "rus alb ron ces slk slv yid mac bul ukr bel uzb kaz aze arm geo mol kir tgk tuk mon pus kur kas snd tib nep san "
    "mar ben asm guj ori mal kan tam tel bur khm lao vie ind tgl may amh tir orm som swa run mlg epo wel baq cat lat "
    "que grn aym tat uig dzo jav")))
"""Languages that QuickTime has a number for, by the names under which FFmpeg knows these (libavformat/isom.c)."""
UNDEFINED = ("", "und")


def same_language(one: str, other: str) -> bool:
    """Whether two codes name one language."""
    return one == other or _OTHER.get(one) == other


def quicktime_name(language: str) -> str | None:
    """The name under which FFmpeg writes `language` into QuickTime files; None if there is no number for it."""
    return next((name for name in (language, _OTHER.get(language, "")) if name in _QUICKTIME), None)
