"""The demo store, the people who work and shop there, and what they wrote to each other."""
