"""Typed tables: columns with a role, rows with cells whose values can be compared, each with its lines."""
