"""Pages of delivering: roll-outs and stages, dependencies, what crosses departments, solutions."""
