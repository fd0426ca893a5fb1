"""The peers' servers. They run in an environment of their own, `.venv-bench`, and know nothing of Sayso."""
