"""The rollup: where each academy stands in each area, one row a cell."""
