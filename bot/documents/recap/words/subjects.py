"""Who does what a sentence tells: the subject at each of its words, refused where it is not clear.

A name is a subject only at the begin of a clause: in "Hamlin held off Byron to win" it is Hamlin who wins.
"""

from collections.abc import Iterator, Mapping

from bot.documents.recap.words.asides import behind_aside, behind_brackets
from bot.documents.recap.words.clause_subjects import is_object, is_team_of_subject, is_to_do
from bot.documents.recap.words.people import (
    SentenceNames,
    SentencePeople,
    Subject,
    begins_clause,
    describes,
    is_met,
    is_somebody,
    is_verb,
    lacks_subject,
    owns_a_person,
)  # fmt: skip
from bot.language.marked_words import MarkedText
from bot.language.word_lists import word_lists

__all__ = ["people_of"]

MOST_ASIDE_WORDS = 22  # of what is said of a subject between two commas
_NO_HEADS = ("determiner", "role", "team", "car_name", "series", "place", "count", "demonym", "stage", "stage_like")
_TOUCHING = ("preposition", "owner", "determiner")
_SENTENCE_BREAKS, _ASIDE_ENDS = {";", ":", "."}, {",", ";"}


def people_of(
    text: MarkedText, earlier: Subject, cars: Mapping[str, str], alone: Subject | None = None
) -> SentencePeople:
    """The people of a sentence; `earlier` is the subject of the sentence before, whom "he" means at the begin.

    `alone` is the only one of whom the paragraph has spoken: whom "the Texan" means; `earlier` where it is None.
    """
    walk = _Walk(text, earlier, SentenceNames(text, cars), earlier if alone is None else alone)
    at = walk.run()
    return SentencePeople(walk.mentions, at, walk.main, walk.owners)


class _Walk:
    """A walk over the words of a sentence, each looked at once.

    `opens` is where a name would be a subject: "clause" at its begin, "phrase" inside an opening phrase such as "On lap
    40", "" elsewhere. `aside` is the place where an aside ends and `outer` the subject that comes back there.
    """

    def __init__(self, text: MarkedText, earlier: Subject, mentions: SentenceNames, alone: Subject) -> None:
        self.alone = alone
        self.text, self.words = text, text.words
        self.mentions, self.earlier = mentions, earlier
        self.subject: Subject = ()
        self.main: Subject = ()
        self.outer: Subject = ()
        self.seen: dict[str, None] = {}
        self.owners: dict[int, str] = {}
        self.opens = "clause"
        self.aside = -1
        self.unclear = False  # somebody is described whom nothing names
        self.depends = False  # the last conjunction makes a clause that hangs on another: "when", not "but"
        self.since = False  # what goes back to another day has begun: "the first since Dorn won here, "
        self.joined = False  # a subordinate clause with a subject of its own has begun
        self.fronted = bool(self.words) and self.words[0].has("subordinate")  # inside the clause that opens a sentence

    def run(self) -> tuple[Subject, ...]:
        """The subject at each word."""
        at: list[Subject] = []
        place = 0
        if lacks_subject(self.text):
            self.subject = self.main = self.earlier
            self.opens = ""
        while place < len(self.words):
            if 0 <= self.aside <= place:
                self.subject, self.aside = self.outer, -1
            if self.words[place].has("his"):
                self._owner(place)
            end = self._step(place)
            at += self._within(place, end)
            place = end
        return tuple(at)

    def _within(self, place: int, end: int) -> Iterator[Subject]:
        """The subject at each word of a step: in a list "Dorn, who led, and Pell" it is Dorn who led."""
        named: Subject = ()
        own: Subject | None = None
        for word in self.words[place:end]:
            named = (word.text,) if word.has("name") else named
            own = named if word.has("relative") and named else None if word.folded == "," else own
            yield self.subject if own is None else own

    def _owner(self, place: int) -> None:
        """His: the subject there is, else the one person spoken of, else the subject of the sentence before."""
        owner = self.subject or self.main or (tuple(self.seen) if self.seen else self.earlier)
        if len(owner) == 1:
            self.owners[place] = owner[0]

    def _step(self, place: int) -> int:
        """Look at the word at a place; the place of the next."""
        word = self.words[place]
        if word.has("name") or (word.has("car", "count") and self.mentions.driver_of_car_at(place)):
            return self._person(place)
        if word.has("pronoun"):
            self._pronoun(place)
            return self._with_others(place)
        if word.has("mark"):
            self._mark(place)
        elif word.has("relative") and self._relates(place):
            return place + 1
        elif word.has("conjunction"):
            self._conjunction(place)
        elif self.opens == "clause":
            return self._opening(place)
        return place + 1

    def _person(self, place: int) -> int:
        word = self.words[place]
        if word.has("name") and not is_somebody(self.words, place):
            self._not_somebody(place)
            return place + 1
        names, end = self.mentions.people_at(place, whole=self.opens == "clause")
        if not names:
            return place + 1
        known = bool(self.seen or self.subject)
        self.seen.update(dict.fromkeys(names))
        if is_to_do(self.words, place, end):
            self.subject, self.opens = names, ""
            return end
        if not self._stands(place, end, known=known):
            self.opens = "phrase" if self.opens == "phrase" and self.words[place - 1].folded != "with" else ""
            return end
        if self.fronted and self.main and self.words[place - 1].folded == ",":
            self.fronted, self.depends, self.main = False, False, names  # "When Dorn spun, Falk took the lead"
        self.joined = self.depends and bool(self.main) and not all(one.endswith(names) for one in self.main)
        self.subject, self.opens = names, ""
        self.main = self.main or names
        self._begin_aside(end)
        return end

    def _not_somebody(self, place: int) -> None:
        """An owner, a demonym, a town: "the Texan" is whoever was spoken of."""
        if not word_lists().includes("demonym", self.words[place].folded):
            if not (place and self.words[place - 1].folded in {"in", "at"}):  # behind these it is a town
                self.seen.setdefault(self.words[place].text)
        elif self.opens:
            self._described()

    def _described(self) -> None:
        """Somebody described, not named: whoever the sentence speaks of, or the only one of the paragraph."""
        known = set(self.seen) | set(self.alone)
        self.subject = self.subject or self.main if self.seen else self.alone
        self.subject = self.subject if len(known) <= 1 else ()
        self.unclear = self.unclear or not self.subject
        self.main, self.opens = self.main or self.subject, ""

    def _stands(self, place: int, end: int, *, known: bool) -> bool:
        """Whether a name, or a list that ends at `end`, stands where a subject does."""
        before = self.words[place - 1] if place else None
        if self.opens == "phrase":
            if before and before.folded == "with":
                behind = behind_brackets(self.words, end)
                return behind < len(self.words) and self.words[behind].folded.endswith("ing")
            verb = before is not None and before.has("word") and before.folded.endswith(("ing", "ed"))
            touching = before and (before.has(*_TOUCHING) or verb)
            return not touching or bool(before and before.has("subordinate"))
        if not self.opens and not self.main and before and not before.has(*_TOUCHING):
            # "When stage one came to its end Reed Falk took the win"
            return not before.folded.endswith(("ing", "ed")) and begins_clause(self.words, end)
        if self.opens != "clause":
            return False
        if not self.subject or before is None or before.folded not in {",", "and", "but", "or", "&"}:
            return True
        return not known or begins_clause(self.words, behind_aside(self.words, end))

    def _begin_aside(self, end: int) -> None:
        """Behind a subject, what stands between two commas, dashes or brackets is said of it."""
        if end >= len(self.words) or self.words[end].folded not in {",", "(", "—", "–", "-"}:
            return
        if end < self.aside:
            return  # "Dorn, who leads Pell and Voss, finished second": what is said of him goes on
        closer = {",": {","}, "(": {")"}}.get(self.words[end].folded, {"—", "–", "-"})
        for here in range(end + 1, min(len(self.words), end + MOST_ASIDE_WORDS)):
            if self.words[here].folded in closer:
                self.aside, self.outer = here + 1, self.subject
                return

    def _pronoun(self, place: int) -> None:
        """He is the subject there is, else the one person spoken of, else the subject of the sentence before."""
        if not self.subject and not self.unclear:
            spoken = tuple(self.seen) or self.earlier
            self.subject = spoken if len(spoken) == 1 else ()
            self.subject = () if is_met(self.words, place, self.subject) else self.subject
        self.main = self.main or self.subject
        self.opens = ""

    def _with_others(self, place: int) -> int:
        """As in "he and Dorn": the pronoun and whoever stands with it are the subject together."""
        behind = self.words[place + 1].folded if place + 1 < len(self.words) else ""
        names, end = self.mentions.people_at(place + 2) if behind == "and" else ((), place)
        if not names or not self.subject:
            return place + 1
        self.subject = (*self.subject, *names)
        self.seen.update(dict.fromkeys(names))
        return end

    def _mark(self, place: int) -> None:
        text = self.words[place].folded
        self.depends = self.depends and text not in _SENTENCE_BREAKS
        if text in _SENTENCE_BREAKS:
            self.subject = ()
        if text in {"(", ")", "'", "’"}:
            return
        if text == "," and (not self.subject or self.since):
            self.subject, self.since = self.main, False
        self.opens = "clause"

    def _relates(self, place: int) -> bool:
        """Who, behind a name: the subject until the next comma, where the one before comes back."""
        comma = self.words[place - 1].folded == ","
        before = place - 1 - comma
        if before < 0 or not self.words[before].has("name"):
            return False
        if self.words[place].folded == "whose":  # "Dorn, whose best was 17th"
            self.subject, self.opens = (), ""
            return True
        inside = self.aside >= 0
        outer = self.outer if inside else self.subject
        self.subject, self.opens = (self.words[before].text,), ""
        self.main = self.main if comma else self.main or (() if self.unclear else self.subject)
        if not inside and comma:
            near = range(place, min(len(self.words), place + MOST_ASIDE_WORDS))
            self.aside = next((here for here in near if self.words[here].folded in _ASIDE_ENDS), len(self.words))
            self.outer = outer
        return True

    def _conjunction(self, place: int) -> None:
        word = self.words[place]
        joins = word.folded in {"and", "but", "then", "or"}
        self.since = word.folded == "since" and bool(self.main)
        self.depends = word.has("subordinate") or (self.depends and joins and not self.opens)
        if joins and not self.subject:
            self.subject = self.main
        elif joins and self.joined and self.main != self.subject:
            self.subject = self.subject if self.mentions.person_at(place + 1) else ()
        opens_clause = not word.has("preposition") or word.folded in {"before", "after", "until"}
        self.opens = "clause" if opens_clause and word.folded != "with" else "phrase"

    def _opening(self, place: int) -> int:
        """The begin of a clause that is no name: a title in front of one, an opening phrase, a verb, another thing."""
        word = self.words[place]
        person = self.mentions.person_at(place)
        is_title = word.has(*_NO_HEADS, "pole_sitter", "runner_up") and not word.has("preposition")  # "past Dorn"
        is_title = is_title or (
            word.has("place_name") and any(one.has("owner") for one in self.words[place + 1 : place + 2])
        )
        if person and is_title:
            return self._titled(place, person)
        if word.has("owner") and owns_a_person(self.words, place):
            return place + 1
        if word.has("preposition", "opening_phrase"):
            self.opens = "phrase"
        elif word.has("determiner", "team"):
            self._thing(place)
        elif not word.has("adverb", "weekday", "this_day", "month"):
            if self.subject or is_verb(word):
                self.opens = ""
            else:
                self.opens = "" if place else "phrase"
        return place + 1

    def _titled(self, place: int, person: tuple[str, int]) -> int:
        """A person with a title in front: "his teammate Dorn", "pole sitter Kyle Falk and Ivo Dorn"."""
        begin = next(here for here in range(place, person[1]) if self.words[here].has("name", "car", "count"))
        name = person[1] - 1
        begin = name if self.words[name].has("name") else begin
        return max(self._person(name), place + 1) if begin >= place else place + 1

    def _thing(self, place: int) -> None:
        """The subject is no name: "the 26-year-old" is whoever was spoken of, "the caution" and "his crew" nobody."""
        words = self.words[place : place + 8]
        if self.subject and is_team_of_subject(self.words, place):
            self.opens = ""
            return
        if self.subject and is_object(self.words, place):
            self.opens = ""
            return
        head = [one for one in words if not one.has("adverb")]
        first_verb = next((at for at, one in enumerate(head) if at and is_verb(one)), len(head))
        title = head[:first_verb]
        meant = self.words[place].folded == "the" and any(describes(one) for one in title)
        if meant:
            self._described()
        self.subject = self.subject if meant else ()
        self.opens = ""
