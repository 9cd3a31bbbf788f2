"""Maps: the ground, what lies on it, labels, frame and legend."""
