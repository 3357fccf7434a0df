"""Articles of an encyclopedia about one season of a series, in MediaWiki's mark-up."""
