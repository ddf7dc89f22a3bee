"""What pytest leaves out where an extra is not installed: its modules cannot be imported to look for examples."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("pyspark") else ["newsfacts/engines/spark"]
