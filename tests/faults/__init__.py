"""Real accidents: the numbers in the file names are those of the list of faults that must not lose anything."""
