"""The customers' register as small companies have it: a file, a database, a command of their own. Read only."""
