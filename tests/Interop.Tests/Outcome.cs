namespace Equecel.Interop.Tests;

/// <summary>What a client saw of a call.</summary>
/// <param name="Answers">The texts that came back.</param>
/// <param name="Status">The status code by number.</param>
/// <param name="Detail">The status message.</param>
/// <param name="Header">Header <c>x-echo</c>; null when there was none.</param>
/// <param name="BinaryTrailer">Trailer <c>x-echo-bin</c> in base64; null when there was none.</param>
/// <param name="Interceptors">Trailer <c>x-interceptors</c>.</param>
/// <param name="StatusDetails">Trailer <c>grpc-status-details-bin</c> in base64; null when there was none.</param>
public sealed record Outcome(
    IReadOnlyList<string> Answers, int Status, string Detail, string? Header, string? BinaryTrailer, string? Interceptors, string? StatusDetails);
