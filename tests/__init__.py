"""Tests of the whole: architecture, browser, faults, security, load. Unit tests live beside each domain."""
