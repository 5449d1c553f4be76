"""What happens: the state of a mediation, what is possible in it, what follows from a move, how it ends."""
