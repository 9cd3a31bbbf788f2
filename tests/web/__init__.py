"""What the running app must do."""
