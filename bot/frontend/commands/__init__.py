"""Slash commands of Discord: their options as questions, their sync, the tree whose errors end in one place."""
