"""Race pages of an encyclopedia as plain text: infobox, headings, tables, prose."""
