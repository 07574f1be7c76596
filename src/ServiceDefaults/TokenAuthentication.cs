using Microsoft.AspNetCore.Builder;

namespace Microsoft.Extensions.Hosting;

internal static class TokenAuthenticationExtensions
{
    public static void AddTokenAuthentication(this WebApplicationBuilder builder, string? audience) => _ = (builder, audience);
}
