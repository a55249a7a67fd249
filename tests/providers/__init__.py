"""The real programs that tests talk to: PostgreSQL, Redis, Chromium, and Sonnim itself."""
