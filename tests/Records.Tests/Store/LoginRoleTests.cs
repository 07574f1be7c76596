using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Equecel.Records.Tests.Store;

public sealed class LoginRoleTests
{
    [Fact]
    public async Task The_roles_log_in_with_their_passwords_and_no_trace_of_the_start_shows_one()
    {
        var postgres = await TestPostgres.StartOwnAsync();
        try
        {
            await AskForPasswordsAsync(postgres);
            var database = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync()) { Password = "a secret of the migration role" };
            var traced = new ConcurrentQueue<string>();
            using var listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => traced.Enqueue(string.Join('\n', activity.TagObjects.Select(tag => tag.Value).Prepend(activity.DisplayName))),
            };
            ActivitySource.AddActivityListener(listener);

            await using var service = await CaptureService.StartAsync(database.ConnectionString);

            foreach (var role in (NpgsqlConnectionStringBuilder[])[service.Database.Service, service.Database.Reader])
            {
                Assert.Equal(role.Username, await CaptureService.AskAsync<string>(role.ConnectionString, "select session_user::text"));
                var guessed = new NpgsqlConnectionStringBuilder(role.ConnectionString) { Password = "guessed" };
                var refusal = await Assert.ThrowsAsync<PostgresException>(() => CaptureService.AskAsync<int>(guessed.ConnectionString, "select 1"));
                Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
                Assert.Contains(traced, text => text.Contains($"alter role \"{role.Username}\" password", StringComparison.Ordinal));
                Assert.DoesNotContain(traced, text => text.Contains(role.Password!, StringComparison.Ordinal));
            }
        }
        finally
        {
            await postgres.DisposeAsync();
        }
    }

    /// <summary>Has the server ask everybody but its superuser for a password, as the platform's own servers do.</summary>
    private static async Task AskForPasswordsAsync(TestPostgres postgres)
    {
        await postgres.StopAsync();
        var rules = Path.Combine(new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!, "pg_hba.conf");
        await File.WriteAllTextAsync(rules, "local all postgres trust\nlocal all all scram-sha-256\n");
        await postgres.StartAsync();
    }
}
