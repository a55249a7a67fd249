"""How well agents write: every settled conversation scored by a scorecard, looked at again by people."""
