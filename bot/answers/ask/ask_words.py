"""Words of answers to questions: every sentence that is no name of a field and no passage of a story."""

from collections.abc import Sequence

from bot.answers.ask.race_tables import QuestionTables
from bot.answers.common.text import join, join_some, plural, sentence
from bot.language.ordinals import ordinal
from bot.questions.tables.model import TypedTable

__all__ = [
    "ALSO_LABEL", "EXAMPLE_LABEL", "MAX_NAMES", "NOTHING_ON_PAGE", "NOT_A_QUESTION", "READ_LABEL", "button_label",
    "count_text", "fitting_note", "measure_text", "nearest_table_text", "place_text", "places_text", "story_sentence",
    "with_what_is_held",
]  # fmt: skip

NOT_A_QUESTION = "That is no race question."
NOTHING_ON_PAGE = "No table of that page says anything of it."
READ_LABEL, ALSO_LABEL, EXAMPLE_LABEL = "From", "Disputed; also told", "What you can ask"
BUTTON_WORDS = {
    "results": "Results", "standings": "Standings", "recap": "The story", "race": "The race", "stages": "Stages",
    "schedule": "Season",
}  # fmt: skip
# What a race has that answers a question, by the lists of words that ask for it; else it just “tells it”.
CONTENT_WORDS = (
    (frozenset(["stage", "stages", "stage_points"]), "with stages"),
    (frozenset(["practice"]), "with practice"),
    (frozenset(["qualify", "round"]), "with qualifying"),
    (frozenset(["pole"]), "with a pole"),
    (frozenset(["standings", "points_leader"]), "with standings"),
)
MAX_NAMES = 12  # names of a list in one sentence; the top ten of a stage, and two who share a place


def place_text(value: str) -> str:
    """“15th” for a place; a text that is no number as it is."""
    return ordinal(int(value)) if value.isdecimal() else value


def measure_text(template: str, who: str, value: str, the_race: str, **others: str) -> str:
    """The sentence of a measure."""
    return sentence(template.format(who=who, value=value, ordinal=place_text(value), race=the_race, **others))


def places_text(names: Sequence[str], what: str = "") -> str:
    """“The top 3 in the 2023 Ally 400: A, B and C.”; the names alone where nothing is said of them."""
    return sentence(f"{what}: {join(list(names))}") if what else join(list(names))


def count_text(count: int, said: str, the_race: str, names: Sequence[str]) -> str:
    """“3 drivers without points in the 2023 Ally 400: A, B and C.”; the names only where they are few."""
    head = f"{plural(count, 'driver')} {said}".strip() if count else f"no driver {said}".strip()
    shown = f": {join(list(names))}" if names else ""
    return sentence(f"{head} in {the_race}{shown}")


def button_label(command: str, session: str) -> str:
    """What the button of a command says: the session that it shows, where it shows one."""
    return session if command == "results" and session else BUTTON_WORDS[command]


def story_sentence(lead: str, the_race: str) -> str:
    """The first line above passages: who says it, after a word of ours where there is one ("Yes.")."""
    told = f"The story of {the_race} says:"
    return f"{lead} {told}" if lead in {"Yes.", "No."} else told


def with_what_is_held(text: str, tables: QuestionTables) -> str:
    """A refusal with what there is of the race: “Known of it: the results and stage 1.”."""
    titles = [one.title.lower() for one in tables.sessions if one.rows]
    held = ["the results" if title == "race" else title for title in titles]
    held += ["the entry list"] if tables.entries else []
    return f"{text} Known of it: {join(held)}." if held else text


def nearest_table_text(title: str, table: TypedTable, tables: int) -> str:
    """A refusal with what a page has: “Nearest of its 4 tables is Race calendar, with Round, Circuit and Date.”."""
    columns = [column.heading for column in table.columns if column.heading.strip()]
    which = f" is {table.headings[-1]}" if table.headings else ""
    among = f"The nearest of its {tables} tables{which}" if tables > 1 else f"Its table{which}"
    shown = f"{among}{', with' if which else ' has'} {join_some(columns)}." if columns else ""
    return f"{title} does not say that for sure. {shown}".strip()


def fitting_note(where: str, says: frozenset[str], latest: str) -> str:
    """“The latest at Nashville with stages; the 2025 Cracker Barrel 400 has none here.”, of another race than that."""
    what = next((words for lists, words in CONTENT_WORDS if lists & says), "that tells it")
    return f"The latest{where} {what}; {latest} does not tell it."
