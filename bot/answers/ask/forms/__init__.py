"""Forms of questions: each makes of the words that it explains a program over a table of the race."""
