"""What several families of answers share."""
