"""Marking a class with nbgrader: what was handed in is read and judged on the host, and nothing of it is run.

`exporter`, `preprocessors` and `gradebook` plug into nbgrader (`course/nbgrader/nbgrader_config.py` names them); the
other modules need nothing but Python, so that marking a submission starts at once.
"""
