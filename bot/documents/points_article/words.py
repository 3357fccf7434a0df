"""The words of points lists: what people call a championship, a column, a make of car, and what is no championship.

Plain data, in small letters: whoever finds another word in a real list adds it here.
"""

__all__ = [
    "ASIDE_WORDS",
    "COLUMN_WORDS",
    "GAP_WORDS",
    "MAKES",
    "NAME_COLUMNS",
    "OTHER_LISTS",
    "OTHER_NUMBERS",
    "OWNER_WORDS",
    "PART_WORDS",
    "POINTS_WORDS",
    "RACE_LISTS",
    "TEAM_WORDS",
]

# What announces a table of a championship, by its last words before the list.
POINTS_WORDS = ("points", "pts", "standings", "point leaders", "point standings", "points leaders", "classification")
# Lists that count something else in points, or no points at all; no championship is claimed from them.
OTHER_LISTS = (
    "playoff points", "stage points", "bonus points", "segment points", "rookie", "fantasy", "power rankings",
    "power ranking", "odds", "hypothetical", "projected", "all-time", "all time", "career", "pit crew", "crew chief",
    "most popular", "scoring system", "points system", "points are awarded", "points awarded", "points to the cutoff",
    "before the race", "last season's", "last year's",
)  # fmt: skip
# Lists of a race: where one of these is the last word of a heading, the rows are finishes and not standings.
RACE_LISTS = ("results", "finishing order", "lineup", "line-up", "starting grid", "entry list", "finish")
PART_WORDS = frozenset({"stage", "segment", "playoff", "bonus"})  # "Stage 1 points" are a part of somebody's points
OWNER_WORDS = ("owner", "owners", "owners'", "owner's", "team", "teams", "team's", "entrant", "entrants")
# Words by which a name is a team's and not a driver's.
TEAM_WORDS = frozenset({
    "racing", "motorsports", "motorsport", "enterprises", "penske", "team", "teams", "club", "gibbs racing",
    "incorporated", "inc", "llc", "stables", "fenway", "autosport", "autosports", "brothers",
})  # fmt: skip
MAKES = frozenset({
    "chevrolet", "chevy", "ford", "toyota", "dodge", "pontiac", "buick", "oldsmobile", "plymouth", "chrysler",
    "mercury", "hudson", "ram", "honda", "amc", "lincoln", "studebaker", "cadillac", "nash",
})  # fmt: skip
# What a number counts, by the word behind it, where that is not the points of the championship.
OTHER_NUMBERS = frozenset({
    "win", "wins", "w", "top", "top-5", "top-10", "top-five", "top-fives", "tops", "pole", "poles", "start", "starts",
    "lap", "laps", "race", "races", "playoff", "playoffs", "stage", "stages", "bonus", "dnf", "dnfs", "place",
    "places", "percent", "spot", "spots", "year", "years", "times", "time", "mph", "seconds", "second", "stage-wins",
})  # fmt: skip
GAP_WORDS = frozenset({"behind", "back", "out", "off", "down", "leader"})
# Short lines that part a list and do not end it: "Playoff cutline", "Below the cut line".
ASIDE_WORDS = frozenset(
    {"cutline", "cut", "cutoff", "cut-off", "playoff", "playoffs", "bubble", "elimination", "below", "top"}
)

NAME_COLUMNS = {"driver": "drivers", "manufacturer": "manufacturers", "owner": "owners", "team": "owners"}
# What people call the columns of a table of a championship.
COLUMN_WORDS = {
    "position": ("position", "pos", "rank", "place", "rk", "standing", "p", "no in points", "current position"),
    "driver": ("driver", "drivers", "driver name", "name", "driver fullname", "full name", "driver full name"),
    "manufacturer": ("manufacturer", "manufacturers", "make", "makes", "mfr", "manufacturer name"),
    "owner": ("owner", "owners", "owner name", "entrant"),
    "team": ("team", "teams", "team name", "organization"),
    "car": ("car", "no", "car no", "car number", "#", "number", "car #", "vehicle number", "num"),
    "points": ("points", "pts", "point", "total points", "total", "season points", "points total", "current points"),
    "gap": (
        "behind", "gap", "behind leader", "points behind", "diff", "difference", "back", "behind first",
        "gap to leader", "points back", "to leader", "delta leader", "pts behind", "out of first", "gap to first",
    ),
    "change": ("change", "+/-", "move", "moves", "positions gained", "gain/loss"),
    "series": ("series", "series name", "series id"),
    "season": ("season", "year", "race season"),
    "round": ("round", "race number", "race no", "after round", "rd", "after race number"),
    "race": ("race", "race name", "after race", "event", "after"),
    "track": ("track", "track name", "venue", "circuit"),
    "date": ("date", "race date", "as of"),
    "championship": ("championship", "table", "kind", "standings"),
    "mark": ("mark", "marks", "note", "notes", "status"),
    "rookie": ("rookie", "roty", "r"),
}  # fmt: skip
