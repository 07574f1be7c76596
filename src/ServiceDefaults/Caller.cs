using System.Security.Claims;
using Grpc.Core;

namespace Equecel.ServiceDefaults;

/// <summary>Who calls, as their token says and the contract of the RPC allows.</summary>
public sealed class Caller
{
    private static readonly object Key = new();

    private Caller(string client, string actor, SiteScope sites)
    {
        Client = client;
        Actor = actor;
        Sites = sites;
    }

    /// <summary>OAuth client, from the token.</summary>
    public string Client { get; }

    /// <summary>Person or system: the token's <c>sub</c>, else the client.</summary>
    public string Actor { get; }

    /// <summary>Whose records the caller may see and change in this call.</summary>
    public SiteScope Sites { get; }

    /// <summary>The caller of a call that the access interceptor let in.</summary>
    /// <param name="context">The call.</param>
    /// <exception cref="InvalidOperationException">The interceptor did not run.</exception>
    public static Caller Of(ServerCallContext context) =>
        Find(context) ?? throw new InvalidOperationException("The call was not let in by the access interceptor.");

    /// <summary>The caller of a call; null when the RPC is for whoever comes.</summary>
    internal static Caller? Find(ServerCallContext context) => context.UserState.TryGetValue(Key, out var caller) ? (Caller)caller : null;

    internal static void LetIn(ServerCallContext context, ClaimsPrincipal user, SiteScope sites)
    {
        var client = user.FindFirstValue("client_id")!;
        context.UserState[Key] = new Caller(client, user.FindFirstValue("sub") ?? client, sites);
    }
}

/// <summary>Sites whose records a call may see and change. Only the access interceptor makes one, from a token.</summary>
public sealed class SiteScope
{
    private SiteScope(string? site) => Site = site;

    /// <summary>The only site, or null for all.</summary>
    public string? Site { get; }

    internal static SiteScope All { get; } = new(null);

    internal static SiteScope Only(string site) => new(site);

    /// <summary>Whether a site's records are in it.</summary>
    /// <param name="site">Code of the site.</param>
    public bool Includes(string site) => Site is null || Site == site;

    /// <summary>Refuses a site that is not in it.</summary>
    /// <param name="site">Code of the site.</param>
    /// <exception cref="RpcException">PERMISSION_DENIED.</exception>
    public void Demand(string site)
    {
        if (!Includes(site))
        {
            throw RpcError.OtherSite(Site!);
        }
    }
}
