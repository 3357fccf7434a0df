"""Questions in plain English about typed tables: words -> programs -> rows, and how sure that is.

Pure: it knows no database, no Discord and no session. Who has rows makes typed tables of them and asks the reader.
"""
