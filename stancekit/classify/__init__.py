"""Estimators: claim types and stances, calibrated and explained."""
