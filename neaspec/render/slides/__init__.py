"""A story as slides: HTML for the room, PowerPoint to edit."""
