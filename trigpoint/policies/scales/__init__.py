"""The levels a judgement may take in one version: relabel."""
