"""The guided case on the page: nine short steps, each with an address, left and taken up again."""
