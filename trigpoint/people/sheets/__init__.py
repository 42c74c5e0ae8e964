"""How trusts write their staff lists: what columns are called, how days and emails are written."""
