"""Documents over the network: fetched when a moderator asks, and kept fresh by watches. Off unless CONTACT is set."""
