"""Hidden results: what is known while somebody does not want to know yet how a race ended."""
