"""Forms of others as XLSForm: brought in as a draft, and any version taken out."""
