"""What field data must give."""
