"""The cut-off of the playoffs in a table of a season: drawn where the article has it, with everybody's distance."""

from sqlalchemy import Engine

from bot.answers.standings.standings import standings
from bot.archive.models.seasons import SeasonStanding
from bot.cards import Table
from tests.support.history_rows import CUP, fill_history


def row(number: int, name: str, points: float, *, above_cut: bool = False) -> SeasonStanding:
    return SeasonStanding(
        series="cup", season=2022, championship="drivers", number=number, series_name="NASCAR Cup Series", races=2,
        rounds=2, position=number, name=name, points=points, written_points=str(points), document=CUP, line=number,
        above_cut=above_cut,
    )  # fmt: skip


def table_of(archive: Engine, rows: list[SeasonStanding]) -> Table:
    card = fill_history(archive, extra_rows=rows).ask(standings, "drivers", "cup", 2022)
    return next(block for block in card.blocks if isinstance(block, Table))


def test_the_line_is_drawn_and_everybody_is_so_far_from_it(archive: Engine) -> None:
    points = [("Ann Ash", 90, False), ("Bea Birch", 70, True), ("Cal Cole", 64.5, False), ("Dee Dunn", 50, False)]
    table = table_of(archive, [row(n, name, told, above_cut=cut) for n, (name, told, cut) in enumerate(points, 1)])
    assert [column.heading for column in table.columns][:4] == ["Pos", "Driver", "Pts", "Cut"]
    assert [(cells[1], cells[3]) for cells in table.rows] == [
        ("Ann Ash", "+25.5"), ("Bea Birch", "+5.5"), ("– cut-off –", ""), ("Cal Cole", "−5.5"), ("Dee Dunn", "−20"),
    ]  # fmt: skip


def test_where_a_win_decides_who_is_in_the_line_has_no_distances(archive: Engine) -> None:
    rows = [row(1, "Ann Ash", 90), row(2, "Bea Birch", 40, above_cut=True), row(3, "Cal Cole", 64)]
    table = table_of(archive, rows)
    assert [column.heading for column in table.columns] == ["Pos", "Driver", "Pts"]
    assert [cells[1] for cells in table.rows] == ["Ann Ash", "Bea Birch", "– cut-off –", "Cal Cole"]


def test_without_a_line_in_the_article_none_is_drawn(archive: Engine) -> None:
    table = table_of(archive, [row(1, "Ann Ash", 90), row(2, "Bea Birch", 40)])
    assert [cells[1] for cells in table.rows] == ["Ann Ash", "Bea Birch"]


def test_stage_and_playoff_points_have_a_part_of_their_own(archive: Engine) -> None:
    rows = [row(1, "Ann Ash", 90), row(2, "Bea Birch", 70)]
    rows[0].stage_points, rows[0].playoff_points, rows[1].stage_points = 12, 6, 3
    card = fill_history(archive, extra_rows=rows).ask(standings, "drivers", "cup", 2022, part="po")
    assert [part.code for part in card.parts] == ["ov", "po"]
    [table] = [block for block in card.blocks if isinstance(block, Table)]
    assert [column.heading for column in table.columns] == ["Pos", "Driver", "Pts", "Gap", "Stage", "PO"]
    assert table.rows == (("1", "Ann Ash", "90", "–", "12", "6"), ("2", "Bea Birch", "70", "20", "3", ""))
