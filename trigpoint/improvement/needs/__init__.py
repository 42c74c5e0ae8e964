"""Development needs of people and teams, added up without revealing anybody."""
