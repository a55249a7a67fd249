"""Sonnim: the customer-service desk of an online store."""

__version__ = "0.1.0"
