"""Functional core: facts, profile and `now` go in, a decision comes out. Touches no wire, no clock, no store."""
