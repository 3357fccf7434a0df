"""Finding of the race that a document tells of, by all that it says together."""
