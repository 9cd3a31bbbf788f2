"""What a joint study of several sides needs beside crossings: effort, animals known alive, histories, genotypes, pairs."""
