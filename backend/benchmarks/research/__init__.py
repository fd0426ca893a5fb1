"""How well Sayso finds, reads and answers."""
