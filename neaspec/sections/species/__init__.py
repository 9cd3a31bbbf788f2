"""The page of one flagship species."""
