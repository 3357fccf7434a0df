"""The command line: the only wiring, and the only reader of the environment."""
