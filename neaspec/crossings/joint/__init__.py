"""What a joint study of several sides needs beside crossings: effort, animals alive, histories, genotypes, pairs."""
