"""Answers to questions in plain English: which race, which of its tables, what is asked of them, in one sentence."""
