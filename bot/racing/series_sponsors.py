"""The seasons of the sponsors of the national series: a text that speaks of the Nextel Cup is of 2004 to 2007."""

from functools import cache

from bot.racing.series import NATIONAL_SERIES, first_season, series_name

__all__ = ["sponsor_seasons"]

LAST_SEASON = 2099
_GENERIC_WORDS = frozenset({"nascar", "series", "cup", "truck", "division", "and"})


def sponsor_seasons(phrase: str) -> tuple[tuple[int, int], ...]:
    """The (first, last) seasons of the sponsor in a folded phrase for a national series; none where it names none.

    "sprint cup" gives (2008, 2016); "craftsman truck series" two spans.
    """
    padded = f" {phrase} "
    return tuple(span for sponsor, span in _spans() if f" {sponsor} " in padded)


@cache
def _spans() -> tuple[tuple[str, tuple[int, int]], ...]:
    found: list[tuple[str, tuple[int, int]]] = []
    for series in sorted(NATIONAL_SERIES):
        sponsor, begin = "", first_season(series) or LAST_SEASON
        for season in range(begin, LAST_SEASON + 2):
            name = (series_name(series, season) or "").lower().replace("&", "").replace("'", "")
            words = [word for word in name.split() if word not in _GENERIC_WORDS]
            now = " ".join(words) if season <= LAST_SEASON else ""
            if now != sponsor:
                found += [(sponsor, (begin, season - 1))] if sponsor else []
                sponsor, begin = now, season
    return tuple(found)
