"""When academies work: years, terms, closures, and the working days left between them."""
