"""What the command line and the first start do with workbooks."""
