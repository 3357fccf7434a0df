"""Discord: the client, replies, buttons, and how a card becomes a message."""
