"""What tables of results say of a car instead of how it finished."""

__all__ = ["NO_START_STATUSES"]

NO_START_STATUSES = ("did not start", "withdrew", "withdrew from race")  # of a car that took no start
