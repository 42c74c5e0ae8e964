"""The draft of a report: assembled from what a review's team agreed."""
