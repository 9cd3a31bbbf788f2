"""What is doubtful in field data: impossible movement and clocks, names and matches that may mislead."""
