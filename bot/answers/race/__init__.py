"""What happened in a race."""
