"""What Senior Officials Meetings are asked to consider, how it stands, and what a State can draw on to respond."""
