"""Tests of the benefit map."""
