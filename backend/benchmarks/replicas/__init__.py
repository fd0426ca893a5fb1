"""`make bench-scale`: several processes of Sayso on one PostgreSQL."""
