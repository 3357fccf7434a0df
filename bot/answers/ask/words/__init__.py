"""Words of questions: marks of what each says, names among them, and the frame that they make."""
