"""Files and archives opened with limits, in memory; their cells as text, numbers, times and positions."""
