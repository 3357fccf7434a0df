"""Who finished where, in every session."""
