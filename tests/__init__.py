"""The tests; `python -m tests.gate` shows how well the figures are read."""
