"""How fast healthlint is beside other linters: run it as `python -m benchmarks`. No part of the package."""
