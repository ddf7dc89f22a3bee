"""newsfacts reads Chinese news and gives back its numbers as structured facts."""

__version__ = "0.1.0"
