"""Glitches of the network, which nobody has to do anything about: one line of the log each, and no trace."""

import asyncio
import logging
import socket
import ssl

import aiohttp
import discord

__all__ = ["GlitchFilter", "glitch_text", "is_glitch"]

GLITCHES = (
    aiohttp.ClientError,
    asyncio.TimeoutError,
    TimeoutError,
    ConnectionError,
    socket.gaierror,
    ssl.SSLError,
    discord.ConnectionClosed,
    discord.GatewayNotFound,
    discord.RateLimited,
    discord.DiscordServerError,
)
MAX_REASON_CHARS = 200


class GlitchFilter(logging.Filter):
    """Filter that lets every record pass, those of glitches without the trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put what the trace says into the line."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and is_glitch(error):
            record.msg, record.args = f"{record.getMessage()}: {glitch_text(error)}", ()
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def is_glitch(error: BaseException) -> bool:
    """Whether an error is the network's or Discord's, and passes by itself."""
    return isinstance(error, GLITCHES)


def glitch_text(error: BaseException) -> str:
    """One line on a glitch: its kind and what it says."""
    reason = " ".join(str(error).split())[:MAX_REASON_CHARS]
    return f"{type(error).__name__}: {reason}" if reason else type(error).__name__
