"""The year on one page: weeks across, academies down."""
