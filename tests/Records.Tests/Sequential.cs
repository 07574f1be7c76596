// The horizon of the journal is the whole server's: an open transaction of one class would hide the rows of another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
