"""What a host says of a version, by which the next one can be told from it without being sent."""

from dataclasses import dataclass

__all__ = ["Validators"]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a host said of the version that is known already; "" where it said nothing."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        """The headers by which the host answers only if there is another version."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}
