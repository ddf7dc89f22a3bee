"""`python -m newsfacts`."""

from newsfacts.cli.app import main

main()
