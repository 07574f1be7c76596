namespace Equecel.Cli.VerifyJournal;

/// <summary>The order of versions: by record id as lower-case text, then by version.</summary>
internal static class OrderedVersions
{
    /// <summary>Compares two versions; nothing (null) comes after everything.</summary>
    public static int Compare((string RecordId, int Version)? one, (string RecordId, int Version)? other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        var (a, b) => string.CompareOrdinal(a.Value.RecordId, b.Value.RecordId) is var order and not 0 ? order : a.Value.Version.CompareTo(b.Value.Version),
    };
}

/// <summary>Reads versions one by one and insists on their order.</summary>
internal sealed class OrderedVersions<T>(IAsyncEnumerable<T> versions, Func<T, (string RecordId, int Version)> keyOf) : IAsyncDisposable
    where T : class
{
    private readonly IAsyncEnumerator<T> all = versions.GetAsyncEnumerator();

    /// <summary>The version at hand; null after the last.</summary>
    public T? Current { get; private set; }

    /// <summary>Its place in the order; null after the last.</summary>
    public (string RecordId, int Version)? Key { get; private set; }

    /// <summary>Takes the next version.</summary>
    /// <exception cref="InvalidDataException">It does not come after the one before it.</exception>
    public async ValueTask NextAsync()
    {
        var before = Key;
        Current = await all.MoveNextAsync() ? all.Current : null;
        Key = Current is null ? null : keyOf(Current);
        if (before is not null && OrderedVersions.Compare(before, Key) >= 0)
        {
            throw new InvalidDataException($"Versions came out of order at {Key?.RecordId} v{Key?.Version}, so the journal cannot be verified. Report this.");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => all.DisposeAsync();
}
