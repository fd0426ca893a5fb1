"""Questions with their right answers, as data: see README.md."""
