"""In which week each review of the year is best held."""
