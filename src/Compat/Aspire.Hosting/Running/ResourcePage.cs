using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Running;

/// <summary>Shows the resources to this machine: a page at the root, and the same as JSON at <c>/resources</c>.</summary>
internal sealed class ResourcePage : IAsyncDisposable
{
    private const int UsualPort = 18888;

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly WebApplication app;

    private ResourcePage(WebApplication app) => this.app = app;

    /// <summary>The page's address.</summary>
    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts to answer.</summary>
    /// <param name="url">The address; null for the usual one or, when that is taken, a free port.</param>
    /// <param name="platform">What is shown.</param>
    /// <exception cref="DistributedApplicationException">The address is in use.</exception>
    public static async Task<ResourcePage> StartAsync(string? url, Platform platform)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url ?? $"http://127.0.0.1:{(Ports.IsFree(UsualPort) ? UsualPort : 0)}");
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, platform));
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            throw new DistributedApplicationException($"The resource page cannot listen on {url}: choose another address with ASPNETCORE_URLS.", e);
        }

        return new ResourcePage(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static Task AnswerAsync(HttpContext context, Platform platform)
    {
        // A page of another host, opened in a browser here, must not read this one through a name of its own.
        if (context.Request.Host.Host is not "localhost" && !IPAddress.TryParse(context.Request.Host.Host, out _))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'";
        switch (context.Request.Path.Value)
        {
            case "/":
                context.Response.ContentType = "text/html; charset=utf-8";
                return typeof(ResourcePage).Assembly.GetManifestResourceStream("resources.html")!.CopyToAsync(context.Response.Body);
            case "/resources":
                return context.Response.WriteAsJsonAsync(platform.Describe(), Web);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }
}
