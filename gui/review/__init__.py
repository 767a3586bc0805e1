"""The review room: recordings of one or several cameras, found, looked at, marked and exported."""
