"""The recap: not read yet."""

from collections.abc import Sequence

from bot.documents.document import Document, Reading

__all__ = ["RECAP", "Recap"]


class Recap:
    """The recap as a format."""

    kind = "recap"

    def knows(self, document: Document) -> bool:  # noqa: ARG002
        """Nothing yet."""
        return False

    def read(self, document: Document) -> Sequence[Reading]:  # noqa: ARG002
        """Nothing yet."""
        return ()


RECAP = Recap()
