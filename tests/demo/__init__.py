"""The demo against a running server."""
