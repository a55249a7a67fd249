"""What providers of mail bring to us over HTTP: mails for a mailbox, and word of what became of ours."""
