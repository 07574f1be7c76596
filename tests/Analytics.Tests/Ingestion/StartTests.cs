using Equecel.Analytics.Tests.Support;
using Equecel.Testing;

namespace Equecel.Analytics.Tests.Ingestion;

[Collection(IngestionServers.Name)]
public sealed class StartTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    [Theory]
    [InlineData("Database=nowhere", "PostgreSQL has no database 'nowhere': create it, or name another in ConnectionStrings__analyticsdb.")]
    [InlineData("Username=stranger", "PostgreSQL does not let the user 'stranger' in: create that role with LOGIN, admit it in pg_hba.conf, or name another in ConnectionStrings__analyticsdb.")]
    public async Task A_start_that_the_database_refuses_ends_with_one_sentence(string refused, string expected)
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);

        var (exitCode, log, errors) = await AnalyticsProcess.RunAsync(platform, $"{platform.Database};{refused}");

        Assert.Equal((1, expected), (exitCode, errors));
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
    }
}
