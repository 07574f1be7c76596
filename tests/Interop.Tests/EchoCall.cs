namespace Equecel.Interop.Tests;

/// <summary>A call that a client is to make.</summary>
/// <param name="Method">Echo, Join, Repeat or Converse.</param>
/// <param name="Texts">What to send, a request each.</param>
public sealed record EchoCall(string Method, params string[] Texts)
{
    /// <summary>Names it in the header <c>x-call</c>.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>How often Repeat answers.</summary>
    public int Times { get; init; }

    /// <summary>BEHAVIOUR_UNSPECIFIED, _FAIL or _HANG.</summary>
    public string Behaviour { get; init; } = "BEHAVIOUR_UNSPECIFIED";

    /// <summary>Time that the call may take, in milliseconds; null for no limit.</summary>
    public int? DeadlineMilliseconds { get; init; }

    /// <summary>The client cancels the call after so many answers; null for never.</summary>
    public int? CancelAfter { get; init; }

    /// <summary>Whether requests travel as gzip.</summary>
    public bool Gzip { get; init; }

    /// <summary>Header <c>x-echo</c>.</summary>
    public string? Header { get; init; }

    /// <summary>Header <c>x-echo-bin</c>, in base64.</summary>
    public string? BinaryHeader { get; init; }
}
