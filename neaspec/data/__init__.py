"""From tables to answers: check data/, build the database and open it, run the questions of queries/."""
