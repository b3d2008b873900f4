"""The servers of the tests: a real Dovecot, a real SMTP server, and an IMAP server that misbehaves on order."""
