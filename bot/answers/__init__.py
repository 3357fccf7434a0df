"""One module per family of questions: words -> names -> queries -> Card."""
