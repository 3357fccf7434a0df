"""What servers and people prefer, in memory, and in words: the card of a server's settings."""
