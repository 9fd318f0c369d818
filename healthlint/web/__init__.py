"""What lies behind web links, asked with care: few requests, short ones, and none to a private address.

Nothing of it but `verdicts`, `limits` and what they need is imported unless a run is asked to check links.
"""
