"""The text of a card in Discord: tables, passages and facts with their marks, in pages. No Discord but its markup."""
