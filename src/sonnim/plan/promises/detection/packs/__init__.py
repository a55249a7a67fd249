"""What each language has to say of promises."""
