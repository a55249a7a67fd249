"""The service plan itself: who answers, who decides, what must be known, what may be conceded; kept by version."""
