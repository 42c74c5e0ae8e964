"""Commands about the rollup."""
