// All attack one platform, and each looks at what it did to it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
