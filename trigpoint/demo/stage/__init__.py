"""What stands ready while the story is told: its day, its dice, its people, the policy in force."""
