"""The only rooms that touch the outside: mail servers, files, secrets, the clock."""
