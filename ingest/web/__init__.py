"""Polite HTTP: addresses, robots.txt, pace, fetching, and what is no page."""
