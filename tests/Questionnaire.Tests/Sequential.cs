// The horizon of a feed is the whole database server's: a save of one class would hold back the feed of another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
