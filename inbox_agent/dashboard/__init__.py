"""The Textual face. Talks to services and views; holds no wire and no connection."""
