using Equecel.Testing;

namespace Equecel.Analytics.Tests.Support;

/// <summary>The service as a process of its own, which can be killed.</summary>
internal static class AnalyticsProcess
{
    /// <summary>Starts it and waits until it is ready. Disposing of it kills it.</summary>
    public static Task<ServiceProcess> StartAsync(Platform platform)
    {
        var http = $"http://127.0.0.1:{FreePort.Take()}";
        return ServiceProcess.StartAsync("Equecel.Analytics", $"{http}/health", new Dictionary<string, string>
        {
            ["ConnectionStrings__analyticsdb"] = platform.Database,
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
        });
    }
}
