"""Tables: what follows from documents, and what people entered."""
