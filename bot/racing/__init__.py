"""Knowledge of the sport that no document gives: series, sessions, keys, points systems. Imports nothing of ours."""
