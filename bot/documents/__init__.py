"""What is read: one folder per format. Pure: text in, claims out.

A new format is one folder and one entry in `registry.FORMATS`.
"""
