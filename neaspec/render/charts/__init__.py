"""Charts: plotly for screen and paper, and what native charts of slides and workbooks show."""
