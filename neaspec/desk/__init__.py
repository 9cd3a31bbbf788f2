"""The shared desk: member States report, the secretariat reviews and publishes.

Without configuration (see settings.py) the desk is off and the dashboard works from its tables alone.
"""
