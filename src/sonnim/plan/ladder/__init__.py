"""The negotiation ladder: what an agent may concede next, what was conceded, and who decides above the limit."""
