"""One folder for each language: what is said how (`lexicon`), the coach's own words (`words`), a few functions."""
