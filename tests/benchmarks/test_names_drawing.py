"""What the drawing of names makes: the same for the same seed, each text of a name it can be read as."""

from benchmarks.names_drawing import NEGATIVE_PREFIX, CatalogueName, draw_negatives, draw_queries
from bot.language.fold import fold

NAMES = tuple(
    CatalogueName(name, kind, fame)
    for kind, name, fame in (
        ("driver", "Richard Petty", 9.0),
        ("driver", "Kyle Petty", 5.0),
        ("driver", "Dale Earnhardt Jr.", 8.0),
        ("driver", "Brad Keselowski", 7.0),
        ("driver", "Martin Truex Jr.", 6.0),
        ("track", "Martinsville Speedway", 8.0),
        ("race", "Southern 500", 8.0),
        ("team", "Hendrick Motorsports", 8.0),
    )
)


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    first = list(draw_queries(NAMES, 1, 5))
    assert first == list(draw_queries(NAMES, 1, 5))
    assert first != list(draw_queries(NAMES, 2, 5))
    assert list(draw_negatives(NAMES, 1, 5)) == list(draw_negatives(NAMES, 1, 5))


def test_the_right_answer_is_what_a_query_was_made_of() -> None:
    by_name = {one.name: one for one in NAMES}
    for query in draw_queries(NAMES, 3, 5):
        assert query.preferred
        assert query.preferred <= query.expected <= by_name.keys()
    family_names = [
        one for one in draw_queries(NAMES, 3, 5) if one.family == "family name" and fold(one.text) == "petty"
    ]
    assert all(one.expected == {"Richard Petty", "Kyle Petty"} for one in family_names)
    assert all(one.preferred == {"Richard Petty"} for one in family_names)


def test_what_names_nothing_has_no_word_of_a_name() -> None:
    words = {word for one in NAMES for word in fold(one.name).split()}
    for query in draw_negatives(NAMES, 4, 20):
        assert query.family.startswith(NEGATIVE_PREFIX)
        assert not query.expected
        if query.family not in {"no: made-up people", "no: another kind", "no: sentences"}:
            assert words.isdisjoint(fold(query.text).split())
