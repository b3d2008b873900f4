"""Imperative shell: does things in order and records that it did. Decides nothing."""
