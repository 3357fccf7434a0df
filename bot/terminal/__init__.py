"""Discord played in a terminal: the same commands without a network. The only private parts of discord.py."""
