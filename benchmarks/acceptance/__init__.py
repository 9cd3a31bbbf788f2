"""Whether the dashboard is one: the measures of its design, A1 to A23, and twelve tasks walked in a browser.

`make acceptance` measures all of them on the running app and writes benchmarks/acceptance.md. What needs no browser is
tested with every change (tests/test_acceptance.py).
"""
