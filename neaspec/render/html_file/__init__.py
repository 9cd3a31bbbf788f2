"""A page as one HTML file: to read without a network, or to present one block a screen."""
