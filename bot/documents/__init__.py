"""What is read: one file per format. Pure: text in, claims out."""
