"""What the words of a question mean in a table: cells, columns, numbers, places, and words that ask for a program."""
