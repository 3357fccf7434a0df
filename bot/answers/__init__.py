"""One folder per family of questions: words -> names -> queries -> Card. What families share is in `common`."""
