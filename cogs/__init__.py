"""One file per family of commands; a command is one sentence."""
