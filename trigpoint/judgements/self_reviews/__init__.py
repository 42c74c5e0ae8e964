"""An academy’s own view of itself, standard by standard, beside the trust’s."""
