using Equecel.Testing;

namespace Equecel.Analytics.Tests.Support;

/// <summary>The service as a process of its own, which can be killed.</summary>
internal static class AnalyticsProcess
{
    /// <summary>Starts it and waits until it is ready. Disposing of it kills it.</summary>
    public static Task<ServiceProcess> StartAsync(Platform platform)
    {
        var http = $"http://127.0.0.1:{FreePort.Take()}";
        return ServiceProcess.StartAsync("Equecel.Analytics", $"{http}/health", Environment(platform, platform.Database, http));
    }

    /// <summary>Starts it against a database that does not let it in, and waits until it has ended.</summary>
    public static Task<(int ExitCode, string Log, string Errors)> RunAsync(Platform platform, string database) =>
        ServiceProcess.RunAsync("Equecel.Analytics", Environment(platform, database, $"http://127.0.0.1:{FreePort.Take()}"));

    private static Dictionary<string, string> Environment(Platform platform, string database, string http) => new()
    {
        ["ConnectionStrings__analyticsdb"] = database,
        ["ConnectionStrings__messaging"] = platform.BrokerUri,
        ["services__enrolment__grpc__0"] = platform.Capture.Address,
        ["services__assessment__grpc__0"] = platform.Capture.Address,
        ["services__safety__grpc__0"] = platform.Capture.Address,
        ["services__questionnaire__grpc__0"] = platform.Capture.Address,
        ["Identity__Authority"] = platform.Issuer.Address,
        ["Identity__Issuer"] = TestIdentity.Issuer,
        ["Identity__ClientId"] = "analytics-service",
        ["Identity__ClientSecret"] = "secret",
        ["Kestrel__Endpoints__http__Url"] = http,
        ["Kestrel__Endpoints__http__Protocols"] = "Http1",
        ["Kestrel__Endpoints__grpc__Url"] = $"http://127.0.0.1:{FreePort.Take()}",
        ["Kestrel__Endpoints__grpc__Protocols"] = "Http2",
    };
}
