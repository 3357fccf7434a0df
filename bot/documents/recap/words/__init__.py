"""The sentences of a report as marked words, with whom they speak of."""
