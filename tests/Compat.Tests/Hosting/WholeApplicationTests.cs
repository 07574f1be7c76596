using System.Net;
using System.Text.Json;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using StackExchange.Redis;

namespace Equecel.Compat.Tests.Hosting;

public sealed class WholeApplicationTests(WholeSample sample) : IClassFixture<WholeSample>
{
    [Fact]
    public void Every_resource_is_listed_as_healthy_with_its_process_and_addresses()
    {
        Assert.Equal(
            ["first", "second", "postgres", "sampledb", "otherdb", "messaging", "cache"],
            sample.Resources.Items.Select(resource => resource.Name));
        Assert.All(sample.Resources.Items, resource => Assert.Equal(("Running", "Healthy"), (resource.State, resource.Health)));
        Assert.All(sample.Resources.Items, resource => Assert.True(SampleHost.Runs(resource.Pid!.Value)));
        Assert.Equal(["grpc", "http"], sample.Resources["first"].Endpoints.Select(endpoint => endpoint.Name).Order());
        Assert.StartsWith("tcp://127.0.0.1:", sample.Resources["cache"].Url("tcp"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_finds_its_peers_under_the_names_that_the_genuine_host_uses()
    {
        var first = sample.Resources["first"];
        Assert.Equal(first.Url("http"), sample.Environment["services__first__http__0"]);
        Assert.Equal(first.Url("grpc"), sample.Environment["services__first__grpc__0"]);
        Assert.Equal(first.Url("grpc"), sample.Environment["Peer"]);
        Assert.Equal(sample.Resources["second"].Url("grpc"), sample.Environment["Kestrel__Endpoints__grpc__Url"]);
        Assert.Equal("second", sample.Environment["OTEL_SERVICE_NAME"]);
        Assert.DoesNotContain("ASPNETCORE_URLS", sample.Environment.Keys);
    }

    [Fact]
    public async Task A_service_runs_in_its_own_project_folder()
    {
        using var http = new HttpClient();
        var folder = await http.GetStringAsync(new Uri(sample.Resources["first"].Url("http") + "/directory"));
        Assert.Equal("SampleService", Path.GetFileName(folder));
    }

    [Theory]
    [InlineData("sampledb", "sampledb")]
    [InlineData("otherdb", "another")]
    public async Task A_database_is_there_with_checksums_and_the_settings_asked_for(string resource, string database)
    {
        await using var connection = new NpgsqlConnection(sample.Environment[$"ConnectionStrings__{resource}"]);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select current_database() || ' ' || current_setting('data_checksums') || ' ' || current_setting('max_connections')", connection);
        Assert.Equal($"{database} on 33", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task The_database_server_asks_for_its_password()
    {
        var wrong = new NpgsqlConnectionStringBuilder(sample.Environment["ConnectionStrings__sampledb"]) { Password = "postgres" };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync());
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    public async Task The_broker_accepts_the_given_password_and_no_other_and_takes_its_settings()
    {
        var factory = new ConnectionFactory { Uri = new Uri(sample.Environment["ConnectionStrings__messaging"]) };
        await using (var connection = await factory.CreateConnectionAsync())
        {
            Assert.Equal(77, connection.ChannelMax);
        }

        factory.Password = "guest";
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => factory.CreateConnectionAsync());
    }

    [Fact]
    public async Task The_cache_answers_under_the_given_connection_string()
    {
        await using var cache = await ConnectionMultiplexer.ConnectAsync(sample.Environment["ConnectionStrings__cache"]);
        await cache.GetDatabase().PingAsync();
    }

    [Fact]
    public void Whatever_listens_does_so_on_the_loopback_only()
    {
        var processes = sample.Host.Descendants().Append(sample.Host.Id).ToList();
        var sockets = processes.SelectMany(OpenSockets).ToHashSet();
        // Columns: 1 local address, 3 state (0A listens), 9 inode.
        var listening = File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6")).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && sockets.Contains($"socket:[{fields[9]}]"))
            .Select(fields => fields[1].Split(':')[0])
            .ToList();
        Assert.True(listening.Count >= 10);
        Assert.All(listening, address => Assert.Contains(address, (string[])["0100007F", "00000000000000000000000001000000"]));
    }

    [Fact]
    public void No_secret_is_on_a_command_line_or_in_the_output_and_their_file_is_private()
    {
        var path = Path.Combine(sample.Host.DataFolder, "secrets.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))!;
        Assert.Equal(
            ["Parameters:cache-password", "Parameters:messaging-password", "Parameters:postgres-password", "Parameters:sample-secret"],
            secrets.Keys.Order());
        Assert.Equal(secrets["Parameters:sample-secret"], sample.Environment["Secret"]);

        var commands = sample.Host.Descendants().ToDictionary(id => id, CommandLine);
        Assert.All(sample.Resources.Items.Where(resource => resource.Pid is not null), resource => Assert.NotEmpty(commands[resource.Pid!.Value]));
        Assert.All(secrets.Values, secret => Assert.All(commands.Values.Append(sample.Host.Output), text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_line_is_shown_with_its_resource_and_kept_in_a_file_without_colours()
    {
        Assert.Contains("first      started", sample.Host.Output, StringComparison.Ordinal);
        Assert.EndsWith(" started", File.ReadLines(Path.Combine(sample.Host.DataFolder, "logs", "first.log")).First(), StringComparison.Ordinal);
        Assert.Contains("started", sample.Resources["first"].Log);
    }

    [Fact]
    public async Task The_page_answers_this_machine_and_not_a_foreign_host_name()
    {
        using var http = new HttpClient();
        var page = new Uri(sample.Host.PageUrl());
        Assert.Contains("<title>Resources</title>", await http.GetStringAsync(page), StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page, "/resources")) { Headers = { Host = "hospital.example" } };
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    private static IReadOnlyList<string> OpenSockets(int processId) =>
        OfProcess(() => Directory.GetFiles($"/proc/{processId}/fd").Select(file => new FileInfo(file).LinkTarget ?? "").ToList(), []);

    private static string CommandLine(int processId) => OfProcess(() => File.ReadAllText($"/proc/{processId}/cmdline"), "");

    // A server's helpers come and go: of one that ended since it was listed there is nothing.
    private static T OfProcess<T>(Func<T> read, T none)
    {
        try
        {
            return read();
        }
        catch (IOException)
        {
            return none;
        }
    }
}
