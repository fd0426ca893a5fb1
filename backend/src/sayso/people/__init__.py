"""Who acts: people and their roles, the secrets that they come in with, and what each may do."""
