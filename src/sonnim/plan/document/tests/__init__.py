"""Tests of the service plan's document."""
