"""What each page must say."""
