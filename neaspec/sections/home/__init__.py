"""The first page: what was put to the last meeting, what changed, where the work is, how the six species stand."""
