"""Business hours: when a shop, a team or a channel works, and business time between instants."""
