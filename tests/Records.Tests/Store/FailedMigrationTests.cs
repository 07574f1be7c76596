using Equecel.Enrolment.V1;
using Equecel.Records.Store;
using Equecel.Records.Verbs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equecel.Records.Tests.Store;

public sealed class FailedMigrationTests(TestPostgres postgres) : IClassFixture<TestPostgres>
{
    [Fact]
    public async Task A_schema_that_cannot_be_brought_up_to_date_is_told_with_its_reason()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await CaptureService.AskAsync<int>(connection, "create table records (somebody_elses int); select 1");
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:enrolmentdb"] = connection }).Build();
        using var database = new RecordDatabase(
            new RecordsOptions("enrolment"),
            new RecordContract(SubmitRecordRequest.Descriptor, EnrolmentRecord.Descriptor, EnrolmentRecordChange.Descriptor),
            configuration, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), NullLogger<RecordDatabase>.Instance);
        await database.StartAsync(CancellationToken.None);

        var health = await Eventually.GetAsync(
            () => database.CheckHealthAsync(new HealthCheckContext()), health => health.Description!.Contains("42703", StringComparison.Ordinal));

        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Contains("site", health.Description, StringComparison.Ordinal);
        await database.StopAsync(CancellationToken.None);
    }
}
