"""What can be perceived of it: the view of a role, and which cases still fit what was perceived."""
