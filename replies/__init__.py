"""How we say it: facts in, text out."""
