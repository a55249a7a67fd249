"""The delivery protocol, driven from outside as a browser or an API client would."""
