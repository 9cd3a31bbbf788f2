"""What scenarios must give."""
