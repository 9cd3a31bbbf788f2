"""Genotypes of samples as a laboratory wrote them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MISSING = 0  # an allele that is not known; no length is zero


@dataclass(frozen=True)
class GenotypeTable:
    """One table of a laboratory.

    Attributes:
        source: the file.
        laboratory: what stands for the laboratory: the name of the table.
        loci: names, as written.
        samples: names, in the order of rows.
        populations: of each sample, as written; may be empty.
        alleles: samples x loci x 2, the smaller allele first; MISSING = not known.
    """

    source: str
    laboratory: str
    loci: tuple[str, ...]
    samples: tuple[str, ...]
    populations: tuple[str, ...]
    alleles: npt.NDArray[np.int64]
