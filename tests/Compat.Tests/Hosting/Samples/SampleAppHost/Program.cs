// An application for the tests of the host; SAMPLE names the parts that a test wants.
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);
var parts = (builder.Configuration["SAMPLE"] ?? "").Split(',');

var first = builder.AddProject("first", "../SampleService/SampleService.csproj", options => options.ExcludeLaunchProfile = true)
    .WithEnvironment("SAMPLE_WAITS_FOR", builder.Configuration["SAMPLE_WAITS_FOR"] ?? "")
    .WithEnvironment("SAMPLE_HEALTH", builder.Configuration["SAMPLE_HEALTH"] ?? "Healthy")
    .WithHttpHealthCheck("/health");
var second = builder.AddProject("second", "../SampleService/SampleService.csproj", options => options.ExcludeLaunchProfile = true)
    .WithEndpoint("http", endpoint => endpoint.Port = builder.Configuration.GetValue("SECOND_PORT", 0))
    .WithExternalHttpEndpoints()
    .WithEnvironment("Peer", first.GetEndpoint("grpc"))
    .WithEnvironment("Secret", builder.AddParameter("sample-secret", secret: true))
    .WithReference(first).WaitFor(first)
    .WithHttpHealthCheck("/health");

if (parts.Contains("postgres"))
{
    var postgres = builder.AddPostgres("postgres").WithDataVolume().WithArgs("-c", "max_connections=33");
    second.WithReference(postgres.AddDatabase("sampledb")).WithReference(postgres.AddDatabase("otherdb", "another"));
}

if (parts.Contains("messaging"))
{
    second.WithReference(builder.AddRabbitMQ("messaging").WithDataVolume()
        .WithEnvironment("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-rabbit channel_max 77"));
}

if (parts.Contains("cache"))
{
    second.WithReference(builder.AddRedis("cache"));
}

if (parts.Contains("unset"))
{
    second.WithEnvironment("Unset", builder.AddParameter("unset"));
}

builder.Build().Run();
