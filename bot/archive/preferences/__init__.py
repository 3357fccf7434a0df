"""What servers, channels and people prefer: the rules that follow from it, how it is read, and how it is changed."""
