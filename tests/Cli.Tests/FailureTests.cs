using Equecel.Client.Tests.Peer;
using Grpc.Core;

namespace Equecel.Cli.Tests;

public sealed class FailureTests : IAsyncLifetime
{
    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Theory]
    [InlineData("survival --interval cubic", "cubic")]
    [InlineData("survival --as-of 2026-13-40", "is neither an instant")]
    [InlineData("survival --gateway localhost", "is no address for --gateway")]
    [InlineData("survive", "survive")]
    [InlineData("import", "Required argument missing")]
    [InlineData("watch --service everything", "everything")]
    public async Task A_command_line_that_is_wrong_is_usage(string line, string part)
    {
        var run = await CommandLineRun.RunAsync(platform, line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_caller_that_is_not_named_is_asked_for()
    {
        var run = await CommandLineRun.RunAsync([], "", "survival");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("equecel: It is not said who calls. Name the client with --client or EQUECEL_CLIENT.\n", run.Error);
    }

    [Fact]
    public async Task A_secret_that_is_nowhere_is_asked_for()
    {
        var run = await CommandLineRun.RunAsync([], "", "survival", "--client", "study-team");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("EQUECEL_CLIENT_SECRET", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var run = await CommandLineRun.RunAsync(platform, "import", "/nowhere/history.jsonl");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("/nowhere/history.jsonl", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_where_nobody_listens_is_not_reachable()
    {
        var run = await CommandLineRun.RunAsync(platform, "survival", "--gateway", "http://127.0.0.1:1");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("equecel: The gateway http://127.0.0.1:1/ does not answer. Start the platform, or name its address with --gateway.\n", run.Error);
    }

    [Fact]
    public async Task A_token_address_where_nobody_listens_is_not_reachable()
    {
        var run = await CommandLineRun.RunAsync(platform, "survival", "--identity", "http://127.0.0.1:1");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("The token address http://127.0.0.1:1/connect/token does not answer.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_wrong_is_not_allowed()
    {
        platform.Secret = "another";

        var run = await CommandLineRun.RunAsync(platform, "survival");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("Identity refuses the client 'study-team' (invalid_client).", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_not_allowed()
    {
        platform.Analytics.OnCurve = _ => throw new RpcException(new Status(StatusCode.PermissionDenied, "The scope equecel.study is needed."));

        var run = await CommandLineRun.RunAsync(platform, "survival");

        Assert.Equal(4, run.ExitCode);
        Assert.Equal("equecel: The scope equecel.study is needed. Name a client that is allowed this with --client.\n", run.Error);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_not_taken_for_a_platform_that_is_down()
    {
        platform.Analytics.OnCurve = _ => throw new RpcException(new Status(StatusCode.DeadlineExceeded, ""));

        var run = await CommandLineRun.RunAsync(platform, "survival");

        Assert.Equal(3, run.ExitCode);
        Assert.Matches("^equecel: The gateway http://.* gave no answer in time. See with equecel status what the platform does, and try again in a while.\n$", run.Error);
    }

    [Fact]
    public async Task What_the_platform_refuses_is_told_in_its_words_without_a_stack()
    {
        platform.Analytics.OnCurve = _ => throw new RpcException(new Status(StatusCode.InvalidArgument, "The level must be below 1."));

        var run = await CommandLineRun.RunAsync(platform, "survival", "--level", "2");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("equecel: The level must be below 1.\n", run.Error);
    }

    [Fact]
    public async Task A_platform_behind_TLS_is_trusted_by_the_authority_that_is_named()
    {
        var (authority, server) = TestAuthority.Create();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem());
        await using var secured = await TestPlatform.StartAsync(server);

        Assert.Equal(0, (await CommandLineRun.RunAsync(secured, "survival", "--certificate-authority", file)).ExitCode);
        var untrusted = await CommandLineRun.RunAsync(secured, "survival");
        Assert.Equal(3, untrusted.ExitCode);
        Assert.Contains("--certificate-authority", untrusted.Error, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_secret_can_come_from_a_file_of_one_or_of_many()
    {
        var folder = Directory.CreateTempSubdirectory();
        var one = Path.Combine(folder.FullName, "secret");
        var many = Path.Combine(folder.FullName, "secrets.json");
        await File.WriteAllTextAsync(one, "secret\n");
        await File.WriteAllTextAsync(many, """{ "study-team-secret": "secret" }""");
        var addresses = new Dictionary<string, string>
        {
            ["EQUECEL_GATEWAY"] = platform.GatewayAddress.ToString(),
            ["EQUECEL_TOKEN_ADDRESS"] = platform.TokenAddress.ToString(),
        };

        var runs = new[]
        {
            await CommandLineRun.RunAsync(addresses, "", "survival", "--client", "study-team", "--secret-file", one),
            await CommandLineRun.RunAsync(addresses, "", "survival", "--client", "study-team", "--secrets", many),
            await CommandLineRun.RunAsync(new Dictionary<string, string>(addresses) { ["EQUECEL_SECRETS"] = many }, "", "survival", "--client", "study-team"),
        };

        Assert.All(runs, run => Assert.Equal((0, ""), (run.ExitCode, run.Error)));
        folder.Delete(recursive: true);
    }
}
