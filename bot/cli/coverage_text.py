"""What the archive has of a race, as `spotter check` prints it."""

from bot.loading.checks.coverage import Coverage

__all__ = ["coverage_text"]


def coverage_text(holding: Coverage) -> str:
    """One race of the archive in a few lines; what breaks the sport's arithmetic has a line each, document first."""
    failures = len(holding.failed_checks)
    checks = (
        f"{holding.rule_count} rules recomputed, {failures} {'value breaks' if failures == 1 else 'values break'} them"
    )
    parts = (
        ("from", holding.documents),
        ("holds", holding.contents),
        ("lacks", holding.missing),
        ("kept as it is", holding.unread_sections),
        ("disagreements", (str(holding.conflict_count),) if holding.conflict_count else ()),
        ("checks", (checks,) if failures else ()),
    )
    lines = [f"  {name}: {', '.join(values)}" for name, values in parts if values]
    return "\n".join([holding.label, *lines, *(f"    {failure}" for failure in holding.failed_checks)])
