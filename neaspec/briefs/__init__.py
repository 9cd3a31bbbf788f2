"""What is taken away: documents made of pages, their formats, and the pack of a Senior Officials Meeting."""
