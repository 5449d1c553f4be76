"""What the engine, the desk, judging and reading hand-ins do under a Python that has nothing but itself."""
