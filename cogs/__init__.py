"""Commands, a file per family; a command is one sentence."""
