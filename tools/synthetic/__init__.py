"""A made-up police area, seeded: the demo, the tests and the benchmarks use it. All its people are invented."""
