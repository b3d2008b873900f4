"""The store: one method per business act, each with its event, each one transaction."""
