"""Marks of solutions: who shares them, how much happens by itself, and the shares of it all."""
