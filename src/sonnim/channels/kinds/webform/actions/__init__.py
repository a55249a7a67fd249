"""The only writers of forms, and of what is handed in through them."""
