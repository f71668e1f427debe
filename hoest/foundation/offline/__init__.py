"""Without cover: Høst on a phone's home screen, and what can be typed when there is no line.

Words: *cover* is the connection; a *kept form* is what somebody typed and what waits on her device;
a *small form* is a form that can be filled in without the server, because its words are known
beforehand. What is kept where is told in docs/explanation/uden-forbindelse.md.

Others may import: `small_forms` (a subject registers what its people can fill in without cover).
"""
