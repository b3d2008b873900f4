"""The screens: what fills the terminal, and the small windows that ask one thing."""
