"""What agents promise: found in their words, kept as dated to-dos, warned of and escalated."""
