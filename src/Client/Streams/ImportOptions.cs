namespace Equecel.Client;

/// <summary>How an import goes.</summary>
public sealed class ImportOptions
{
    /// <summary>Most rows that are sent and not answered yet, 1 or more. More waits in the sender. 4096 by default.</summary>
    public int RowsInFlight { get; init; } = 4096;

    /// <summary>Time without a verdict, while rows wait for one, after which the connection is taken for lost. A minute by default.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Is told after each verdict and each cut, one at a time. Null when nobody asks.</summary>
    public Action<ImportProgress>? Progress { get; init; }
}
