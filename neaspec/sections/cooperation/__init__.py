"""Meetings and decisions: when the six States met, what they decided, and what their work is linked to."""
