"""One script a question; each writes its section of docs/benchmarks.md."""
