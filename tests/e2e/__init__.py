"""What a person sees, on both sides, in a real browser."""
