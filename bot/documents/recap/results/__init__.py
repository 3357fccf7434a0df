"""Results as a report tells them: winners, orders, stages, poles, counts; the ways of telling are in `tellings/`."""
