"""Queries, one module per family of questions: (session, plain values) -> rows.

The facts of one race are in `races`, those of many at once in `tracks`; sums over results are in `records` for rankings
and in `careers` for one driver or team.
"""
