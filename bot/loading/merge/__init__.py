"""Claims of several documents -> one race: one truth, conflicts kept."""
