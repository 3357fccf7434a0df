"""Limits of Discord that the bot relies on: the one place where they are written down.

Every number is the most that Discord takes. Its unit ends its name; without one it counts what the name says. The
address above a group is the page of Discord's documentation that says so. Characters are code points, as `len` counts
them. What the bot allows itself below these limits stands where it is used, with a reason of its own.
"""

# https://docs.discord.com/developers/resources/message
MESSAGE_EMBEDS = 10
EMBED_TITLE_CHARS = 256
EMBED_DESCRIPTION_CHARS = 4096
EMBED_FOOTER_CHARS = 2048
MESSAGE_EMBED_CHARS = 6000  # titles, descriptions and footers of all embeds of one message together
MESSAGE_FILES = 10
FILE_NAME_CHARS = 1024
FILE_DESCRIPTION_CHARS = 1024

# https://docs.discord.com/developers/reference
FILE_BYTES = 10 * 1024 * 1024  # one file, in a server without boosts

# https://docs.discord.com/developers/components/reference
MESSAGE_ROWS = 5
ROW_BUTTONS = 5
BUTTON_LABEL_CHARS = 80
CUSTOM_ID_CHARS = 100  # of a button, a form and a field alike
FIELD_LABEL_CHARS = 45
PLACEHOLDER_CHARS = 100
FIELD_TEXT_CHARS = 4000  # what a person may type into one field

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
