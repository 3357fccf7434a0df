"""The tables: what follows from documents, and what people entered."""
