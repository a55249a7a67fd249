"""Reading mail: from the bytes that came to what a person wrote. Pure: no Django, no network, bounded time and memory.

`letter.read` is the door. What is refused (too large, too deep, not a mail) raises Unreadable; keeping the raw bytes
is the caller's part.
"""
