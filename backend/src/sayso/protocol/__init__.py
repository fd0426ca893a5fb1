"""The wire protocol of Sayso: the one definition of what clients send and what the server answers."""
