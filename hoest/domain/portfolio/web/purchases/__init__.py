"""Small purchases: what does it solve? List, page, forms and the answer."""
