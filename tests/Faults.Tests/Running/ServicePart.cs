namespace Equecel.Faults.Tests.Running;

/// <summary>A service of the platform, started as an internal team deploys it: the program, and its configuration as variables.</summary>
/// <param name="name">Its name.</param>
/// <param name="folder">The folder of the whole platform.</param>
/// <param name="programs">The folder of its program.</param>
/// <param name="settings">Its configuration, beside what it listens on.</param>
/// <param name="hasGrpc">Whether it takes gRPC calls.</param>
internal sealed class ServicePart(string name, string folder, string programs, Dictionary<string, string> settings, bool hasGrpc) : Part(name, folder)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private string programs = programs;

    /// <summary>Its port for HTTP.</summary>
    public int HttpPort { get; } = FreePort.Take();

    /// <summary>Its port for gRPC.</summary>
    public int GrpcPort { get; } = FreePort.Take();

    /// <summary>Its configuration, which holds from the next start on.</summary>
    public Dictionary<string, string> Settings { get; } = settings;

    /// <summary>Runs another build of it from the next start on.</summary>
    /// <param name="otherPrograms">The folder of that program.</param>
    public void Use(string otherPrograms) => programs = otherPrograms;

    /// <inheritdoc/>
    protected override Launch Prepare()
    {
        var environment = new Dictionary<string, string>(Settings)
        {
            ["Kestrel__Endpoints__http__Url"] = $"http://127.0.0.1:{HttpPort}",
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
        };
        if (hasGrpc)
        {
            environment["Kestrel__Endpoints__grpc__Url"] = $"http://127.0.0.1:{GrpcPort}";
        }

        return new Launch("dotnet", [Repository.AssemblyIn(programs)], programs) { Environment = environment };
    }

    /// <inheritdoc/>
    protected override async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{HttpPort}/health"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // Not up yet.
            return false;
        }
    }
}
