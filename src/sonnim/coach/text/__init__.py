"""What can be read in a text before its language matters: scripts, sentences, links."""
