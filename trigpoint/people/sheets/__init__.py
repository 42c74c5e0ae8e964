"""How trusts write their staff lists: what columns are called, how days and e-mails are written."""
