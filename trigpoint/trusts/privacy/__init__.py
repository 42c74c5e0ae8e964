"""How the trust is fair to people in numbers: visits, levels on named records, small groups."""
