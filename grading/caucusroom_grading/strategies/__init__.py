"""Mediators that go by one rule of thumb, to hold the judge against."""
