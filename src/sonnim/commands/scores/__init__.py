"""`sonnim coach score`: the quality score of the whole history."""
