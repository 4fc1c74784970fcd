"""Links from lists: feeds, sitemaps, listing pages, WordPress."""
