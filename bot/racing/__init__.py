"""What is true of the sport and of no document: series, sessions, points systems. Imports nothing of ours."""
