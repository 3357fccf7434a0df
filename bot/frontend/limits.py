"""Limits of Discord that the bot relies on: the one place where they are written down.

Every number is the most that Discord takes. Its unit ends its name; without one it counts what the name says. The
address above a group is the page of Discord's documentation that says so. Characters are code points, as `len` counts
them. What the bot allows itself below these limits stands where it is used, with a reason of its own.
"""

# https://docs.discord.com/developers/resources/message
MESSAGE_FILES = 10
FILE_NAME_CHARS = 1024
FILE_DESCRIPTION_CHARS = 1024

# https://docs.discord.com/developers/resources/message#embed-object-embed-limits
EMBED_DESCRIPTION_CHARS = 4096

# https://docs.discord.com/developers/reference
FILE_BYTES = 10 * 1024 * 1024  # one file, in a server without boosts

# https://docs.discord.com/developers/components/reference
MESSAGE_COMPONENTS = 40  # of a message of components alone, those inside others too
MESSAGE_TEXT_CHARS = 4000  # all text displays of a message together
ROW_BUTTONS = 5
BUTTON_LABEL_CHARS = 80
CUSTOM_ID_CHARS = 100  # of a button, a form and a field alike
FIELD_LABEL_CHARS = 45
PLACEHOLDER_CHARS = 100
SELECT_OPTIONS = 25
OPTION_LABEL_CHARS = 100
OPTION_VALUE_CHARS = 100
OPTION_DESCRIPTION_CHARS = 100
MEDIA_DESCRIPTION_CHARS = 1024
FIELD_TEXT_CHARS = 4000  # what a person may type into one field

# https://github.com/discord/discord-api-docs/issues/8554: an error 500 above some 10,170 bytes of what is stored
MESSAGE_BYTES = 10_000  # the components as JSON in UTF-8, which is more than what is stored

# https://github.com/discord/discord-api-docs/issues/6932: clients show markup as plain text after the hundredth piece
PAGE_MARKS = 80  # pieces of markup in all texts of a message

# https://docs.discord.com/developers/interactions/receiving-and-responding
FORM_TITLE_CHARS = 45
FORM_FIELDS = 5
CHOICES = 25  # of one autocomplete
CHOICE_LABEL_CHARS = 100
CHOICE_VALUE_CHARS = 100  # of a value that is text

# https://docs.discord.com/developers/interactions/application-commands
COMMANDS = 100  # slash commands of one scope: everywhere, or one server
COMMAND_NAME_CHARS = 32  # also of an option
COMMAND_DESCRIPTION_CHARS = 100  # also of an option
COMMAND_OPTIONS = 25
OPTION_CHOICES = 25
COMMAND_CHARS = 8000  # names, descriptions and values of one command with all that is in it; one over it fails the sync
