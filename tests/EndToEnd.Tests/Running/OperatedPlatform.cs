using Equecel.Cli.Common;
using Npgsql;

namespace Equecel.EndToEnd.Tests.Running;

[CollectionDefinition(Name)]
public sealed class OperatedPlatform : ICollectionFixture<DisruptedPlatform>
{
    public const string Name = "Operations";
}

/// <summary>What operators and superusers do.</summary>
internal static class Operations
{
    /// <summary>Runs <c>equecel</c> in this process, as an operator on the platform's machine.</summary>
    public static async Task<CommandRun> EquecelAsync(this Platform platform, params string[] args)
    {
        var variables = new Dictionary<string, string>
        {
            ["EQUECEL_GATEWAY"] = platform.Gateway.ToString(),
            ["EQUECEL_TOKEN_ADDRESS"] = platform.GatewayHttp.ToString(),
            ["EQUECEL_SECRETS"] = platform.SecretsFile,
            ["EQUECEL_CLIENT"] = "study-team",
            ["EQUECEL_DATA"] = platform.Folder,
        };
        using var output = new StringWriter();
        using var error = new StringWriter();
        var surroundings = new Surroundings(Stream.Null, output, error, variables.GetValueOrDefault, RichOutput: false, RichError: false);
        var exitCode = await Cli.Program.RunAsync(args, surroundings);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Connects to a database as PostgreSQL's own user.</summary>
    public static async Task<NpgsqlDataSource> SuperuserAsync(this Platform platform, string database)
    {
        var secrets = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(platform.Folder, "secrets.json")))!;
        var address = await platform.AddressAsync("postgres", "tcp");
        return NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={address.Port};Username=postgres;Password={secrets["Parameters:postgres-password"]};Database={database};Pooling=false;Command Timeout=60");
    }

    /// <summary>Does something in the database.</summary>
    public static async Task DoAsync(this NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
