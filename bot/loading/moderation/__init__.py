"""What moderators do with documents: plans, uploads, corrections, backups."""
