"""Which race a text tells of, whether it tells of one at all, and what in it speaks of others.

`phrase_table` words of the tables found in a text; `scope` the parts of sentences that speak of another race; `kinds`
what a text is taken for; `race_names`, `places`, `series_names`, `race_days` what it calls its race.
"""
