"""Every program that the words of a question may ask for in one table."""
