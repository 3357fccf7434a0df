import pytest

from bot.names.name_rows import NumberLists


def test_lists_of_numbers_come_back_by_their_place() -> None:
    lists = ((3, 1), (), (70_000,))
    kept = NumberLists(lists)
    assert [tuple(kept[place]) for place in range(len(kept))] == list(lists)
    assert [kept.length(place) for place in range(len(kept))] == [2, 0, 1]


def test_a_place_behind_the_last_list_is_an_error() -> None:
    with pytest.raises(IndexError):
        NumberLists(((1,),))[1]
