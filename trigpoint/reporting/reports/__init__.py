"""Reports: draft, internal QA, factual accuracy, final, superseded."""
