"""Facts and errors become sentences for people, in the interface's language. Decides nothing."""
