"""What a dispute is: its data, the curriculum, moves and scales. Knows no state and no rule."""
