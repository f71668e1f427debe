"""Pages of taking home: agreements, the gap, layers, the budget file, the quarterly follow-up."""
