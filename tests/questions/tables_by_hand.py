"""Tables of our own writing that the tests of questions ask of."""

from bot.cards import SourceLine
from bot.questions.tables.model import RawRow, TypedTable
from bot.questions.tables.typing import typed_table

__all__ = ["endurance_table", "race_table", "rally_table", "season_table", "table_of", "years_table"]

RACE = """
Pos | No | Driver | Team | Manufacturer | Laps | Time/Retired | Grid | Points
1 | 24 | Ada Quillfeather | Harrow Racing | Toyota | 200 | 2:10:04.5 | 3 | 47
2 | 07 | Boone Castellan | Pinecrest Motorsports | Ford | 200 | +1.2 | 1 | 43
3 | 11 | Cora van Dusen | Harrow Racing | Toyota | 200 | +4.9 | 8 | 41
4 | 3 | Dell Marrowby | Tidewater Racing | Chevrolet | 200 | +12.0 | 2 | 41
5 | 48 | Esme Lindqvist | Pinecrest Motorsports | Ford | 199 | +1 Lap | 12 | 39
6 | 18 | Finn Okoro | Tidewater Racing | Chevrolet | 187 | Engine | 5 | 30
7 | 9 | Greta Sallow | Harrow Racing | Toyota | 122 | Crash | 4 |
Ret | 77 | Hugo Brandt | Lone Oak Racing | Ford | 88 | Engine | 20 |
DNQ | 5 | Ivo Petrescu | Lone Oak Racing | Ford | | | |
"""
SEASON = """
Rnd | Date | Race | Circuit | Location | Pole position | Winning driver | Winning team
1 | March 5 | Coastal 300 | Pier Road Speedway | Galveston, Texas | Finn Okoro | Ada Quillfeather | Harrow Racing
2 | March 19 | Granite 250 | Stonecut Raceway | Barre, Vermont | Ada Quillfeather | Dell Marrowby | Tidewater Racing
3 | April 2 | Orchard 400 | Apple Hill Park | Wenatchee, Washington | Finn Okoro | Ada Quillfeather | Harrow Racing
4 | May 14 | Harbor 200 | Pier Road Speedway | Galveston, Texas | Cora van Dusen | Ada Quillfeather | Harrow Racing
5 | June 18 | Prairie 500 | Long Furrow Oval | Salina, Kansas | Finn Okoro | Boone Castellan | Pinecrest Motorsports
"""

YEARS = """
Year | Winner | Car | Sponsor | Attendance | Margin
1998 | Ada Quillfeather | Ford Taurus | Brenn Oil | 45,000 | 2.1
1999 | Boone Castellan | Chevrolet Monte Carlo | Brenn Oil | 52,000 | 0.4
2000 | Ada Quillfeather | Ford Taurus | Tasty Pie | 61,500 | 1.9
2001 | Ada Quillfeather | Ford Taurus | Tasty Pie | 58,000 | 10.2
2002 | Dell Marrowby | Pontiac Grand Prix | Hex Bolts | 40,200 | 5.5
2003 | Esme Lindqvist | Chevrolet Monte Carlo | Hex Bolts | 66,100 | 0.1
2004 | Boone Castellan | Chevrolet Monte Carlo | Hex Bolts | 63,000 | 3.3
"""

RALLY = """
Pos. | Driver | Co-driver | Car | Time | Difference | Points
1. | Ada Quillfeather | Lou Penn | Ford Focus WRC | 3:59:18.9 | 0.0 | 10
2. | Boone Castellan | Max Orr | Citroen C4 WRC | 3:59:36.4 | 17.5 | 8
3. | Cora van Dusen | Sid Vane | Ford Focus WRC | 4:00:00.4 | 41.5 | 6
4. | Dell Marrowby | Pat Moor | Subaru Impreza | 4:02:07.8 | 2:48.9 | 5
5. | Finn Okoro | Jo Amble | Suzuki SX4 WRC | 4:14:05.7 | 14:46.8 | 3
"""

ENDURANCE = """
No | Drivers | Team | Tyre | Class | Laps | Laps led
1 | Ada Quillfeather Boone Castellan | Harrow Racing | D | GT | 301 | 120
2 | Cora van Dusen Dell Marrowby | Pinecrest Motorsports | G | GT | 301 | 170
3 | Esme Lindqvist Finn Okoro | Harrow Racing | D | P2 | 288 | 11
4 | Greta Sallow Hugo Brandt | Lone Oak Racing | M | P2 | 250 |
"""


def table_of(text: str, title: str, headings: tuple[str, ...] = ()) -> TypedTable:
    """A table of lines of cells with bars between them; the first is the header, on line 1 of `title`.txt."""
    lines = [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]
    rows = [RawRow((SourceLine(f"{title}.txt", number),), cells) for number, cells in enumerate(lines[1:], 2)]
    return typed_table(title, lines[0], rows, headings)


def race_table() -> TypedTable:
    """The result of one race: nine cars, of which one retired and one did not qualify."""
    return table_of(RACE, "2031 Coastal 300", ("Race results",))


def season_table() -> TypedTable:
    """The five races of a season."""
    return table_of(SEASON, "2031 season", ("Schedule",))


def years_table() -> TypedTable:
    """The winners of one race over seven years."""
    return table_of(YEARS, "Harbor 200", ("Past winners",))


def rally_table() -> TypedTable:
    """The result of a rally: two people in each car."""
    return table_of(RALLY, "2031 Rally Brennick", ("Results",))


def endurance_table() -> TypedTable:
    """The result of a long race: two drivers in each car, tyres by a letter."""
    return table_of(ENDURANCE, "2031 Six Hours of Brennick", ("Results",))
