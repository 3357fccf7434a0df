"""Values that were used lately."""

from bot.recent_values import RecentValues


def test_the_value_that_was_not_asked_for_the_longest_goes_first() -> None:
    values: RecentValues[str, int] = RecentValues(2)
    assert values.keep("a", 1) == 1
    values.keep("b", 2)
    assert values.find("a") == 1
    values.keep("c", 3)
    assert (values.find("a"), values.find("b"), values.find("c")) == (1, None, 3)
    assert len(values) == 2
    assert "b" not in values


def test_a_value_that_is_kept_again_replaces_the_old_one() -> None:
    values: RecentValues[str, int] = RecentValues(2)
    values.keep("a", 1)
    values.keep("a", 2)
    assert (values.find("a"), len(values)) == (2, 1)
    values.clear()
    assert not len(values)
