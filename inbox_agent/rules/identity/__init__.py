"""How sure we are who wrote, how sure we must be before answering, why we may ask, and what to ask next."""
