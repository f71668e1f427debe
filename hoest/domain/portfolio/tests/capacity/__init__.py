"""Tests of capacity, change load, profiles of groups and the way from zero."""
