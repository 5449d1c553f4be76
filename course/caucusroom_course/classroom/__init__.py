"""A class: its course folder, its grading, its marks and the report on it."""
