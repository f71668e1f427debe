"""The open page of a municipality: approved sheets for everybody, without a sign-in."""
