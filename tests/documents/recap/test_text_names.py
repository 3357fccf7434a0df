"""The names of one text: who is told of in full, and whom a short name means."""

from bot.documents.recap.words.text_names import TextNames


def test_full_names_are_paired_with_last_names_that_the_text_uses_alone() -> None:
    names = TextNames.from_text("Reed Falk led Ivo Dorn. Falk won. Kyle Busch passed Kurt Busch, and Busch was glad.")
    assert set(names.pairs) == {
        ("Falk", "Reed Falk"), ("Busch", "Kyle Busch"), ("Busch", "Kurt Busch"),
    }  # fmt: skip


def test_the_name_of_a_team_is_no_full_name() -> None:
    assert TextNames.from_text("Ty Gibbs drives for Joe Gibbs Racing. Gibbs won.").pairs == (("Gibbs", "Ty Gibbs"),)


def test_an_age_in_front_of_a_name_is_no_part_of_it() -> None:
    names = TextNames.from_text("Twenty-two-year-old Reed Falk won from Ivo Dorn. Falk beat polesitter Dorn.")
    assert {full for _, full in names.pairs} == {"Reed Falk", "Ivo Dorn"}


def test_a_last_name_with_junior_is_no_full_name() -> None:
    names = TextNames.from_text("Falk Jr. ends a drought. Reed Falk Jr. ended a drought at Elm Speedway. Falk won.")
    assert names.full_name("Falk") == names.full_name("Falk Jr.") == "Reed Falk Jr."
