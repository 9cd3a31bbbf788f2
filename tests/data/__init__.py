"""What the tables, questions and rules must hold."""
