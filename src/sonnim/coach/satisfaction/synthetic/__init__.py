"""Dialogues that nobody had: sentences of our own, to train the model that ships."""
