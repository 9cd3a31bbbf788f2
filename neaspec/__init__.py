"""What the pages share: data in, questions answered, blocks out, outputs rendered."""
