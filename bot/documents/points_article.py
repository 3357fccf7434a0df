"""The points article: not read yet."""

from collections.abc import Sequence

from bot.documents.document import Document, Reading

__all__ = ["POINTS_ARTICLE", "PointsArticle"]


class PointsArticle:
    """The points article as a format."""

    kind = "points article"

    def knows(self, document: Document) -> bool:  # noqa: ARG002
        """Nothing yet."""
        return False

    def read(self, document: Document) -> Sequence[Reading]:  # noqa: ARG002
        """Nothing yet."""
        return ()


POINTS_ARTICLE = PointsArticle()
