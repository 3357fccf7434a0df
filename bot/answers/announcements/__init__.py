"""What servers are told unasked: when a race is about to start, who has won, and how the championship stands now."""
