"""The service plan: what a shop has decided beforehand, one package for each part of it."""
