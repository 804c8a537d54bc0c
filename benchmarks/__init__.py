"""How fast is `fit`? ``python -m benchmarks`` prints the table.

The floor is the same training unrolled by hand in NumPy; the peers are other libraries.
"""
