"""What the bot knows of the servers it is in: who sees a reply there, and under which rules."""
