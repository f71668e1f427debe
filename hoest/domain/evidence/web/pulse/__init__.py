"""The pulse on screen: one question, and what was answered beside what is measured."""
