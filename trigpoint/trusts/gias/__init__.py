"""Academies brought in from the files of Get Information About Schools."""
