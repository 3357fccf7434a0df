"""Fetching, as the settings have it."""

from bot.fetching.fetch_settings import FetchSettings
from bot.settings import Settings

__all__ = ["fetch_settings"]


def fetch_settings(settings: Settings) -> FetchSettings:
    """Who asks, and which hosts may be asked."""
    return FetchSettings(settings.contact, settings.allowed_hosts)
