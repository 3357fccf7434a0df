"""Race pages in MediaWiki's own markup."""
