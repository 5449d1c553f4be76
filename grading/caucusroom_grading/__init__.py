"""Judging of decisions. Empty until judging is built; the package holds its place and its arrows."""
