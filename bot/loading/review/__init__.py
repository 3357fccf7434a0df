"""Review of a load before it is applied: each race as it was and as it would be, and what of that looks wrong."""
