using System.Net;
using Equecel.Audit;
using Npgsql;

namespace Equecel.Safety.Tests;

/// <summary>Starts against a database that refuses the service, and a refusal in operation.</summary>
public sealed class StartTests : IAsyncLifetime
{
    private const string Password = "the-right-one";

    private EnrolmentPeer Enrolment { get; } = new();
    private readonly string http = $"http://127.0.0.1:{FreePort.Take()}";
    private TestPostgres postgres = null!;
    private string database = "";

    public async Task InitializeAsync()
    {
        await Enrolment.StartAsync();
        postgres = await TestPostgres.StartOwnAsync();
        await ExecuteAsync($"create role owner login createrole password '{Password}'; create role visitor login");
        await postgres.WantPasswordsAsync("owner", "safety_service");
        database = await postgres.CreateDatabaseAsync();
    }

    public async Task DisposeAsync()
    {
        await Enrolment.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Theory]
    [InlineData("Username=owner;Password=hunter2", "PostgreSQL refuses the password of the user 'owner': give the right one in ConnectionStrings__safetydb.")]
    [InlineData("Username=owner", "PostgreSQL wants a password of the user 'owner': give it in ConnectionStrings__safetydb.")]
    [InlineData("Username=stranger", "PostgreSQL does not let the user 'stranger' in: create that role with LOGIN, admit it in pg_hba.conf, or name another in ConnectionStrings__safetydb.")]
    [InlineData("Database=nowhere", "PostgreSQL has no database 'nowhere': create it, or name another in ConnectionStrings__safetydb.")]
    [InlineData("Username=visitor", "PostgreSQL does not let the user 'visitor' set up the database 'test_N': let it own the database and create roles, or name another in ConnectionStrings__safetydb.")]
    public async Task A_start_that_the_database_refuses_ends_with_one_sentence(string refused, string expected)
    {
        var (exitCode, log, errors) = await ServiceProcess.RunAsync("Equecel.Safety", Environment($"{database};{refused}"));

        Assert.Equal(1, exitCode);
        Assert.Equal(expected.Replace("test_N", new NpgsqlConnectionStringBuilder(database).Database, StringComparison.Ordinal), errors);
        Assert.DoesNotContain("hunter2", log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_has_started_outlives_a_password_that_is_refused()
    {
        using var client = new HttpClient { BaseAddress = new Uri(http) };
        await using var service = await ServiceProcess.StartAsync("Equecel.Safety", $"{http}/health", Environment(database));

        await SetPasswordAsync("rotated");
        await Eventually.GetAsync(() => HealthAsync(client), health => health == HttpStatusCode.ServiceUnavailable);

        // The superuser has no password here, and the service's own follows from it.
        await SetPasswordAsync(new LoginRole("safety_service", null).Password);
        await Eventually.GetAsync(() => HealthAsync(client), health => health == HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> HealthAsync(HttpClient client) => (await client.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode;

    private Task SetPasswordAsync(string password) => ExecuteAsync(
        $"alter role safety_service password '{password}'; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'safety_service'");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private Dictionary<string, string> Environment(string connection) => new()
    {
        ["Kestrel__Endpoints__http__Url"] = http,
        ["Kestrel__Endpoints__grpc__Url"] = $"http://127.0.0.1:{FreePort.Take()}",
        ["Drain__Pause"] = "00:00:00",
        ["Identity__Authority"] = Enrolment.Authority,
        ["Identity__ClientSecret"] = "secret",
        ["services__enrolment__grpc__0"] = Enrolment.Grpc,
        ["ConnectionStrings__safetydb"] = connection,
        ["ConnectionStrings__cache"] = "127.0.0.1:1",
        ["ConnectionStrings__messaging"] = "amqp://127.0.0.1:1",
    };
}
