"""The shared desk."""
