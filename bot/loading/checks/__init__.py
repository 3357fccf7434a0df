"""The sport's own arithmetic, and the law of the tables, checked before anything is written."""
