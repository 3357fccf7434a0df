"""Files and uploads -> documents -> claims."""
