"""Who gets what: the seats at the desk, the rules of a shop, and the one place where conversations are given out."""
