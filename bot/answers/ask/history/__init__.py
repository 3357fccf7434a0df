"""Forms of questions over many races: careers, seasons, tracks, and races of one name."""
