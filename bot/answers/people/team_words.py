"""Words for a team: an owner's own entry, and a row without a team."""

__all__ = ["NO_TEAM", "OWNER_SUFFIX", "owner_of", "team_text"]

OWNER_SUFFIX = " (Owner)"  # how the tables mark a car that its owner entered under no name of a team
NO_TEAM = "no team known"


def owner_of(team: str | None) -> str | None:
    """Who entered the car where the table names its owner and no team, such as “R.B. McIntosh (Owner)”; else None."""
    return team.removesuffix(OWNER_SUFFIX) if team and team.endswith(OWNER_SUFFIX) else None


def team_text(team: str | None) -> str:
    """“Petty Enterprises”, “entered by its owner R.B. McIntosh”, “no team is known”."""
    owner = owner_of(team)
    return f"entered by its owner {owner}" if owner else team or NO_TEAM
