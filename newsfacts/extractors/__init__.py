"""The pipeline: from a Document to its Facts, stage by stage."""
