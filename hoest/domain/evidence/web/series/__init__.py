"""Series: the list, a series and its values, sharing, and tables of Statistics Denmark."""
