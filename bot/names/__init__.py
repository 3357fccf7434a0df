"""Who or what is meant by what a person typed. Strings in, strings out: no session, no Discord."""
