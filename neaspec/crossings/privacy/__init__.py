"""What may be told: generalised places, coarser dates, small cells, texts without positions."""
