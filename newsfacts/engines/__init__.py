"""Engines: from many inputs to their results, on the cores of this machine or on a cluster."""
