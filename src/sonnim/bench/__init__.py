"""Measurements of the real server, each beside what the machine could do at best. Nothing of it runs in the product."""
