"""Pages of business_cases."""
