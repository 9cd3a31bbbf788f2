"""Which records are of one animal: what data sets and match tables state, never a guess."""
