"""One race as the sport's own data say it, saved as JSON."""
