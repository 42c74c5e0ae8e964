"""XLSForm workbooks: bytes into rows that were checked, and rows into bytes."""
