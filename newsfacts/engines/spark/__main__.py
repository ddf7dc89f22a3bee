"""`python -m newsfacts.engines.spark`, and the file that `spark-submit` is given: the command `newsfacts spark`."""

import sys

from newsfacts.cli.app import app

app(["spark", *sys.argv[1:]], prog_name="newsfacts")
