"""How nbgrader comes to mark by what is read in `handin`: plug-ins that `course/nbgrader/nbgrader_config.py` names."""
