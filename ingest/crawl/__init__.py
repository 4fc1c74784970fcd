"""Crawling: the frontier, the loop over it, what visits make of answers, and what is told of a run."""
