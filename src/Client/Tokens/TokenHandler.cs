using System.Net.Http.Headers;

namespace Equecel.Client.Tokens;

/// <summary>Puts the token into every request. In the handler and not in an interceptor, so that streams wait for it without blocking.</summary>
internal sealed class TokenHandler(TokenSource tokens) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }
}
