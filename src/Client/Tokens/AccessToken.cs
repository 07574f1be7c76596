namespace Equecel.Client.Tokens;

/// <summary>A token as Identity gave it.</summary>
/// <param name="Text">What goes into the Authorization header.</param>
/// <param name="ObtainTime">When it came.</param>
/// <param name="RenewTime">From when on another one is asked for: shortly before it expires.</param>
internal sealed record AccessToken(string Text, DateTimeOffset ObtainTime, DateTimeOffset RenewTime);
