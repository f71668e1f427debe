"""Fetching: reading from outside without being led astray, and keeping the secrets for it.

`fetch_json` reads from hosts that the operator has named, over TLS, and from nowhere inside;
`read_folder_file` reads a file the operator put into the data folder; `seal` and `unseal` keep a
secret encrypted in a row. Every fault is one Danish sentence. Source: OWASP ASVS 5.0, 1.3.6;
OWASP Server Side Request Forgery Prevention Cheat Sheet.
"""
