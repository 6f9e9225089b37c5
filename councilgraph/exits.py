"""The exit codes that scripts may rely on."""

EXIT_DONE = 0  # done
EXIT_FOUND = 1  # done, and something was found: violations, failed checks, unread reports
EXIT_FAILED = 2  # could not run: usage, bad input, no store
EXIT_STOPPED = 130  # the user stopped it, as shells count it
