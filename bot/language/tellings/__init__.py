"""Ways of telling something as lines of data, and the clauses in which they are found."""
