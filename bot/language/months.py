"""The months, by name and by the ways in which they are shortened."""

__all__ = ["MONTH", "MONTHS", "month_number"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _forms(name: str) -> tuple[str, ...]:
    """A name and how it is shortened; a full stop may end what is shorter than the name, but not "Jun" and "Jul"."""
    if len(name) <= 4:
        return (name, name[:3])
    short_forms = (name[:4], name[:3]) if name == "September" else (name[:3],)
    return (name, *(rf"{short}\.?" for short in short_forms))


MONTH = "|".join(form for name in MONTHS for form in _forms(name))
"""Source of a pattern, to be put in a group: a month with a capital, in full or shortened ("Sept.", "Jun")."""

_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}


def month_number(text: str) -> int:
    """1 to 12, of "June", "sept" or "Dec.". Raises KeyError for a text that does not begin like a month."""
    return _NUMBERS[text[:3].lower()]
