"""The benchmark size: a hundred academies and a million records, written in batches."""
