"""The moderators' cards."""
