"""Mail to people who are not here: shoppers who left the chat, agents who are away from the desk."""
