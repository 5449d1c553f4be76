"""What is kept: the journal of decisions on the disk, and reading it."""
