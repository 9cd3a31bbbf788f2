"""Papers and stories: what a delegation carries into the room, and what is shown there."""
