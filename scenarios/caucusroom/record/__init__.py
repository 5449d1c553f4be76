"""What is kept: the journal of decisions, in a file or on a sheet, and reading it."""
