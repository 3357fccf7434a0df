"""Spotter answers questions about stock-car races from documents that a reader can check.

Documents go in, checked facts lie in one archive, and every question gets one card that says where it comes from.
Imports run downward only: errors, cards and archive.models know nothing of the rest; names, documents and the
queries stand on them; answers and loading on those; render, buttons, client and console on answers; cogs and
command_line on top. Only render, buttons, client, console and the cogs know Discord.
"""
