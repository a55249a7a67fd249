"""Reports: what happens at the desk now, and what happened; reads only."""
