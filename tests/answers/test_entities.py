"""The names of an archive, with what tells one from another."""

from sqlalchemy import Engine
from sqlmodel import select

from bot.answers.entities import entities
from bot.archive.db.engine import read_session, write_session
from bot.archive.models.core import Name
from bot.names.entity import distinction
from tests.support.career_rows import fill_careers


def test_drivers_are_told_apart_by_years_number_team_series_and_wins(archive: Engine) -> None:
    fill_careers(archive)
    with write_session(archive) as session:
        for name in session.exec(select(Name)):
            name.first_season, name.last_season = 1958, 1990 if name.value != "Ned Ames" else 1958
    with read_session(archive) as session:
        found = {(entity.kind, entity.value): distinction(entity) for entity in entities(session)}
    assert found["driver", "Ned Ames"] == "1958 · No. 41, Ames Brothers · Cup"
    assert found["driver", "Ned Ames Jr."] == "1958 to 1990 · No. 45 · Cup"
    assert found["driver", "Kay Twin"] == "1958 to 1990 · No. 41, Twin Racing · Cup, Xfinity"
    assert found["team", "Twin Racing"] == "1958 to 1990 · Cup, Xfinity"
