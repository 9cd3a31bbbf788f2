"""What is doubtful in field data: movement and clocks that cannot be, names and matches that may mislead; never deleted."""
