"""Health of a running bot: its heartbeat, and what it counts for whoever runs it."""
