"""Strength: how well a claim or judgement is known, in words with the counts behind them."""
