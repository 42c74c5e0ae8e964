"""The terms and half terms by which an academy's promises fall due."""
