"""Fuzzing: programs that try to break what reads what others write."""
