// Each collection runs a whole platform of its own, and several at once would only be slower.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
