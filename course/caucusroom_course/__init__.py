"""The command `caucusroom` and the lessons of the course."""
