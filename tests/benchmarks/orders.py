"""A side for the tests: it does what an order says, in a process of its own.

python -m tests.benchmarks.orders
"""

from __future__ import annotations

import os
import sys
import time

from benchmarks.asker import Answer, answer_orders, timed


def work(order: Answer) -> Answer:
    name = order["query"]
    if name == "fails":
        raise ValueError("a query\nthat fails")
    if name == "dies":
        print("what it died of", file=sys.stderr)
        os._exit(3)
    if name == "sleeps":
        timed(lambda: int(time.sleep(600) or 0), order)
    print("a library prints")
    return timed(lambda: len(name), order) | {"process": os.getpid()}


if __name__ == "__main__":
    sys.exit(answer_orders({}, work))
