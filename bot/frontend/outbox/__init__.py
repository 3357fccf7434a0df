"""What the bot posts unasked: messages of the outbox on their way to Discord."""
