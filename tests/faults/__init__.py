"""Faults, each played against the real agent and accounted for: `python -m tests.faults` prints the table."""
