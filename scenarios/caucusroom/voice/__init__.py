"""What is said: who speaks which line, and how things are named in a sentence."""
