"""Pictures of charts: drawn in a thread, and kept for who asks again."""

from dataclasses import replace

from bot.cards import AttachedFile, Card, Chart
from bot.frontend.host import Host

__all__ = ["with_picture"]

FILE_NAME = "chart.png"


async def with_picture(host: Host, card: Card) -> Card:
    """The card with the picture of its chart, in words for who cannot see it; itself where there is none to draw."""
    chart = card.chart
    if chart is None or card.side is not None:
        return card
    picture = host.picture_cache.find(chart)
    if picture is None:
        picture = AttachedFile(FILE_NAME, await host.in_thread(lambda: _png(chart)), chart.alt)
        host.picture_cache.keep(chart, picture)
    return replace(card, files=(*card.files, picture))


def _png(chart: Chart) -> bytes:
    # What draws takes 0.02 s to import (measured), and most starts draw nothing for a long time.
    from bot.charts import draw_chart  # noqa: PLC0415 - Pillow

    return draw_chart(chart)
