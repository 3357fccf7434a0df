"""`/chart`: numbers of a race, a season or a career, to be drawn. What is drawn is here, how in `bot.charts`."""
