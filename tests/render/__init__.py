"""What each output must hold."""
