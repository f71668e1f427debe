"""Access: accounts that sign in, roles, permissions, and the actor who does something.

An account belongs to the person and may reach several municipalities; what it may do in each
follows from the roles of the person there. Subjects declare their permissions with `permission`.
"""
