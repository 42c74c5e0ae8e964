"""The small languages inside an XLSForm: types, conditions, bounds, words in several tongues."""
