"""Workbooks from outside, read without trusting them.

`reader.read_workbook` is the one door. A throw-away child process with hard limits opens the
container (`container`), walks the XML (`parts`) and only then lets the spreadsheet library at a
clean copy. The calling process never parses anything of the file. What cannot be read is refused
with a named error and a Danish sentence (`refusals`).
"""
