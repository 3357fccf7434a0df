"""Which race is meant by what a person typed."""
