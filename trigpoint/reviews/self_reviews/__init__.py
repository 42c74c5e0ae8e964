"""Self-reviews: an academy looks at itself, from the day it begins to the day it is finished."""
