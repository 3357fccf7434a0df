"""The one toolbox of words. Knows no Discord, no database and no kind of document."""
