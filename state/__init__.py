"""What is true, and what may become true. Has never heard of mail servers, Finnish or a screen."""
