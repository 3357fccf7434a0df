"""The one toolbox of words: whoever reads or writes English takes it from here. Knows no Discord and no database.

`fold` one form for every way of writing a name; `words` words with their places in a text; `sentences` where sentences
end; `numbers`, `ordinals`, `months` in digits and in words; `shortening` texts cut to a length; `patterns` regular
expressions that compile when they are used.
"""
