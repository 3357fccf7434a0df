"""What several formats share: English prose, and numbers, times and dates as documents write them."""
