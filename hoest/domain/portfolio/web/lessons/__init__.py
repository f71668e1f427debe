"""Lessons: list, page, forms, what others share, and who is asked for one."""
