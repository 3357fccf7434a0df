"""Which of many programs a question means, by few weights in a file, and how sure that is."""
