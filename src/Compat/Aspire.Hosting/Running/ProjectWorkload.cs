using System.Net;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Runs a built .NET project.</summary>
internal sealed class ProjectWorkload(ProjectResource project) : Workload
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };

    private readonly string instance = Guid.NewGuid().ToString("N")[..8];

    public override Task<Launch> PrepareAsync(CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>
        {
            ["OTEL_SERVICE_NAME"] = project.Name,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance}",
            // A proxy of the network must not come between the services.
            ["no_proxy"] = string.Join(',', Environment.GetEnvironmentVariable("no_proxy") ?? Environment.GetEnvironmentVariable("NO_PROXY"), "localhost,127.0.0.1"),
        };
        foreach (var endpoint in project.Endpoints)
        {
            environment[$"Kestrel__Endpoints__{endpoint.Name}__Url"] = endpoint.BindingUrl;
        }

        foreach (var (name, value) in project.Environment)
        {
            environment[name] = value();
        }

        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        return Task.FromResult(new Launch(host, [FindAssembly(), .. project.Arguments], project.Directory) { Environment = environment });
    }

    public override async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        if (project.HealthCheck is not var (endpoint, path, statusCode))
        {
            return null;
        }

        try
        {
            using var answer = await Http.GetAsync(new Uri(endpoint.Url + path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.StatusCode != (HttpStatusCode)statusCode)
            {
                return $"{path} answers {(int)answer.StatusCode}";
            }

            // ASP.NET Core answers so when a check is not well that does not make the service unfit for calls.
            const string degraded = "Degraded";
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            Warning = text.StartsWith(degraded, StringComparison.Ordinal) ? text[degraded.Length..].Trim() : null;
            return null;
        }
        catch (HttpRequestException)
        {
            return "does not accept connections";
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{path} does not answer";
        }
    }

    // Built the way that the AppHost itself was.
    private string FindAssembly()
    {
        var configuration = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";
        var output = Path.Combine(project.Directory, "bin", configuration);
        const string suffix = ".runtimeconfig.json";
        var built = Directory.Exists(output)
            ? Directory.EnumerateFiles(output, "*" + suffix, SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)
            : null;
        return built is null
            ? throw new DistributedApplicationException($"Resource '{project.Name}' is not built: run dotnet build {project.ProjectPath}.")
            : built[..^suffix.Length] + ".dll";
    }
}
