"""The page of sources: documents, records found, differences."""
