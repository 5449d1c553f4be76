"""What could be reached: the best end of a case, found and proven."""
