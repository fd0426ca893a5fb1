"""Sayso beside its peers and beside the floor, in one run: `make bench`."""
