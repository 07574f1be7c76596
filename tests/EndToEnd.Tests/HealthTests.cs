using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Equecel.EndToEnd.Tests.Running;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace Equecel.EndToEnd.Tests;

/// <summary>What an operator asks to see how things are.</summary>
[Collection(SharedStudy.Name)]
public sealed class HealthTests(StudyPlatform study)
{
    private static readonly HttpClient Http = new();

    [Theory]
    [InlineData("identity")]
    [InlineData("enrolment")]
    [InlineData("assessment")]
    [InlineData("safety")]
    [InlineData("questionnaire")]
    [InlineData("analytics")]
    [InlineData("gateway")]
    public async Task Every_service_says_that_it_lives_and_is_ready(string service)
    {
        var address = await study.Platform.AddressAsync(service, "http");

        Assert.Equal("Healthy", await Http.GetStringAsync(new Uri(address, "alive")));
        Assert.Equal("Healthy", await Http.GetStringAsync(new Uri(address, "health")));
    }

    [Theory]
    [InlineData("enrolment")]
    [InlineData("assessment")]
    [InlineData("safety")]
    [InlineData("questionnaire")]
    [InlineData("analytics")]
    public async Task Every_gRPC_service_answers_the_standard_health_call(string service)
    {
        using var channel = GrpcChannel.ForAddress(await study.Platform.AddressAsync(service, "grpc"));

        var answer = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest());

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task The_cache_drops_what_is_old_when_it_is_full_and_writes_nothing_to_disk()
    {
        var password = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(study.Platform.Folder, "secrets.json")))!["Parameters:cache-password"];
        var address = await study.Platform.AddressAsync("cache", "tcp");
        using var connection = new TcpClient(address.Host, address.Port);
        await using var stream = connection.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"AUTH {password}\r\nCONFIG GET save\r\nCONFIG GET maxmemory\r\nCONFIG GET maxmemory-policy\r\nQUIT\r\n"));

        using var answer = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal(
            "+OK *2 $4 save $0  *2 $9 maxmemory $9 268435456 *2 $16 maxmemory-policy $11 allkeys-lru +OK ",
            (await answer.ReadToEndAsync()).Replace("\r\n", " ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_resource_page_shows_every_resource()
    {
        Assert.Contains("<html", await Http.GetStringAsync(study.Platform.Page), StringComparison.OrdinalIgnoreCase);

        var list = await study.Platform.ResourcesAsync();
        Assert.True(list.Ready);
        Assert.Equal(
            ["analytics", "analyticsdb", "assessment", "assessmentdb", "cache", "enrolment", "enrolmentdb", "gateway", "identity", "messaging", "postgres", "questionnaire", "questionnairedb", "safety", "safetydb"],
            list.Resources.Select(resource => resource.Name).Order());
        Assert.All(list.Resources, resource => Assert.Equal(("Running", "Healthy"), (resource.State, resource.Health)));
    }
}
