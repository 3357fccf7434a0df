"""Queries, one module per family of questions: (session, plain values) -> rows."""
