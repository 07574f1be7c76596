namespace Equecel.Gateway;

/// <summary>Removes what a caller might send to pass for someone else. Services trust the token alone; this is the second lock.</summary>
internal static class TrustedHeaders
{
    private static readonly string[] ForgeablePrefixes =
        ["x-forwarded-", "x-original-", "x-real-ip", "x-equecel-", "x-site", "x-user", "x-client", "forwarded"];

    /// <summary>Removes headers that only proxies and services of a platform set.</summary>
    /// <param name="app">The program.</param>
    public static void UseTrustedHeadersOnly(this IApplicationBuilder app) => app.Use(next => context =>
    {
        var headers = context.Request.Headers;
        List<string>? forged = null;
        foreach (var (name, _) in headers)
        {
            if (name[0] is 'x' or 'X' or 'f' or 'F'
                && Array.Exists(ForgeablePrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                (forged ??= []).Add(name);
            }
        }

        forged?.ForEach(name => headers.Remove(name));
        return next(context);
    });
}
