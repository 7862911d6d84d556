"""Builds the programs and runs their tests: see tests/run."""
