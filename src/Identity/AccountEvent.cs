namespace Equecel.Identity;

/// <summary>A line of the trail of accounts. Ids alone, never a secret.</summary>
internal sealed record AccountEvent
{
    /// <summary>Kind of the event at each start: who may sign in from then on.</summary>
    public const string Started = "STARTED";

    /// <summary>Kind of a sign-in that was refused.</summary>
    public const string SignInRefused = "SIGN_IN_REFUSED";

    /// <summary>When it was written.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What happened.</summary>
    public required string Kind { get; init; }

    /// <summary>At a start: every client.</summary>
    public IReadOnlyList<AccountClient>? Clients { get; init; }

    /// <summary>Of a refusal: the client as which somebody came, in signs that can be seen; null when several are counted together.</summary>
    public string? Client { get; init; }

    /// <summary>Of a refusal: whence it came.</summary>
    public string? Address { get; init; }

    /// <summary>How many were refused, when several are counted together.</summary>
    public long? Count { get; init; }

    /// <summary>SHA-256 of the line before, in hexadecimal; empty for the first.</summary>
    public string? Previous { get; init; }
}
