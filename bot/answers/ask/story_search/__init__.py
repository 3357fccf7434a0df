"""Story of a race as questions search it: paragraphs by the stems of their words, and the passages that answer."""
