"""Field data that outgrow one machine: Spark moves sealed packets, the project's own functions decide."""
