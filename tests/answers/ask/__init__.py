"""Tests of answers to questions in plain English."""
