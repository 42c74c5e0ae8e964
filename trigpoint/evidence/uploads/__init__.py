"""Files on their way from a device: kept piece by piece until they are whole."""
