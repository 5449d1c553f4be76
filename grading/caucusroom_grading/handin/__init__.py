"""What somebody handed in, read and judged: nothing of it is run, and nothing here needs nbgrader."""
