"""What several families of answers share; look here before you write a helper of your own.

    resolve      what somebody typed -> a race, driver, team, make, track or series; titles of races, “after race 17”
    citations    the documents of rows (`cite`), and the lines of rows (`source_lines`)
    derivations  numbers that no line states, and how they follow: places gained, sums of points
    fact_lines   the facts of a race as text, with their units
    race_list    races in a list: labels, winners and the lines that say so
    questions    the question that tells of a race, driver, team or track
    text         counts, lists, dates, times and sentences
    grouping     rows by what they share

Rows of results have their lines and citations from `bot.answers.results.row_sources`.
"""
