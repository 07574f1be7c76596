using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Equecel.ServiceDefaults;

/// <summary>
/// Judges a token once and then remembers for up to a minute that it was accepted, so that the many calls made with one token cost
/// a look-up each. Refused tokens are not remembered. A token is never accepted from memory past its expiry.
/// </summary>
internal sealed class CachedTokenHandler(TimeProvider time) : TokenHandler
{
    private const int MostRemembered = 10_000;
    private const int LargestToken = 8 * 1024;

    // Bounds how long a token outlives the withdrawal of its key.
    private static readonly TimeSpan LongestMemory = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LargestToken };
    private readonly ConcurrentDictionary<string, Accepted> accepted = new(StringComparer.Ordinal);
    private long nextClearingTicks;

    private sealed record Accepted(Task<TokenValidationResult> Result, DateTimeOffset Until);

    /// <inheritdoc/>
    public override SecurityToken ReadToken(string token) => handler.ReadToken(token);

    /// <inheritdoc/>
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters) =>
        accepted.TryGetValue(token, out var known) && time.GetUtcNow() < known.Until
            ? known.Result
            : JudgeAsync(token, validationParameters);

    private async Task<TokenValidationResult> JudgeAsync(string token, TokenValidationParameters parameters)
    {
        try
        {
            await parameters.ConfigurationManager.GetBaseConfigurationAsync(CancellationToken.None);
        }
        catch (InvalidOperationException e)
        {
            return new() { IsValid = false, Exception = new SigningKeysUnavailableException(e) };
        }

        var result = await handler.ValidateTokenAsync(token, parameters);
        if (!result.IsValid)
        {
            return result;
        }

        if (AccessTokenRules.FindFault((JsonWebToken)result.SecurityToken) is { } fault)
        {
            return new() { IsValid = false, Exception = new SecurityTokenValidationException(fault) };
        }

        Remember(token, result);
        return result;
    }

    private void Remember(string token, TokenValidationResult result)
    {
        var now = time.GetUtcNow();
        ForgetExpired(now);
        if (accepted.Count < MostRemembered)
        {
            var expires = new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero);
            var until = expires < now + LongestMemory ? expires : now + LongestMemory;
            accepted[token] = new(Task.FromResult(result), until);
        }
    }

    private void ForgetExpired(DateTimeOffset now)
    {
        var due = Interlocked.Read(ref nextClearingTicks);
        if (now.UtcTicks < due
            || Interlocked.CompareExchange(ref nextClearingTicks, (now + LongestMemory / 4).UtcTicks, due) != due)
        {
            return;
        }

        foreach (var (token, known) in accepted)
        {
            if (known.Until <= now)
            {
                accepted.TryRemove(token, out _);
            }
        }
    }
}
