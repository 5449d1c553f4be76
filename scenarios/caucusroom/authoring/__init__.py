"""What authors need, and nobody who plays: YAML, compiling, checking, walkthroughs. Needs the `author` extra."""
