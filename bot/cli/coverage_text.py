"""What the archive has of a race, as `spotter check` prints it."""

from bot.loading.checks.coverage import Coverage

__all__ = ["coverage_text"]


def coverage_text(holding: Coverage) -> str:
    """One race of the archive in a few lines."""
    parts = (
        ("from", holding.documents),
        ("holds", holding.contents),
        ("lacks", holding.missing),
        ("kept as it is", holding.unread_sections),
        ("disagreements", (str(holding.conflict_count),) if holding.conflict_count else ()),
    )
    return "\n".join([holding.label, *(f"  {name}: {', '.join(values)}" for name, values in parts if values)])
