"""The sum of a business case on one page: money in ranges, risks, what carries it, what lacks."""
