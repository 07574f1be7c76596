using System.Net.Http.Json;

namespace Equecel.Compat.Tests.Hosting;

/// <summary>The sample with all of its servers, run once for many tests.</summary>
public sealed class WholeSample : IAsyncLifetime
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    internal SampleHost Host { get; private set; } = null!;

    internal Resources Resources { get; private set; } = null!;

    /// <summary>The environment of the service that uses everything.</summary>
    internal IReadOnlyDictionary<string, string> Environment { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host = SampleHost.Start("postgres,messaging,cache");
        Resources = await Host.UntilReadyAsync();
        Environment = (await Http.GetFromJsonAsync<Dictionary<string, string>>(new Uri(Resources["second"].Url("http") + "/environment")))!;
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
