"""Measurements of speed and memory, run by `make bench` and `make plots`."""
