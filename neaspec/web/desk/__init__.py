"""The desk on the screen: who signed in, what they report, review or publish."""
