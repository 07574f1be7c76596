using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Proof;
using Equecel.Records.Store;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Store;

/// <summary>The view that shows people with SQL what each version changed, read from the stored protobuf by the database itself.</summary>
public sealed class JournalChangesTests(TestPostgres postgres) : IClassFixture<TestPostgres>, IAsyncLifetime
{
    private CaptureService service = null!;

    public async Task InitializeAsync() => service = await StartAsync(await postgres.CreateDatabaseAsync());

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task Each_version_has_the_fields_in_which_it_differs()
    {
        var first = Entry("2024-01-01");
        await service.SaveAsync(first);
        await service.SaveAsync(Entry("2024-01-02", first.RecordId, 2, reason: "Typo"));
        await service.SaveAsync(Entry("2024-01-02", first.RecordId, 3, reason: "Again"));

        Assert.Equal("1 follow_up.status_date - \"2024-01-01\"|2 follow_up.status_date \"2024-01-01\" \"2024-01-02\"|3 - - -", await ChangesAsync(first));
    }

    [Fact]
    public async Task Every_type_of_value_is_read_as_it_was_sent()
    {
        var content = new EnrolmentRecord
        {
            Missing = { new MissingValue { Field = "ecog", Reason = MissingReason.Unknown } },
            Infusion = new Infusion
            {
                StartTime = new Timestamp { Seconds = 1_709_258_400, Nanos = 5 },
                BatchNumber = "批次 é",
                DoseMillionCells = 60.1,
                SecondInfusion = true,
                Premedications = { Infusion.Types.Premedication.Other, (Infusion.Types.Premedication)1 },
            },
        };
        var entry = With(content);
        await service.SaveAsync(entry);

        Assert.Equal(
            string.Join('|', FieldChanges.Between(null, content)
                .Select(change => (change.Field, Value: change.NewValue))
                .Where(change => change.Field != "infusion.start_time").OrderBy(change => change.Field, StringComparer.Ordinal)
                .Select(change => $"1 {change.Field} - {change.Value}")),
            await ChangesAsync(entry, "field <> 'infusion.start_time'"));
        Assert.Equal("1 infusion.start_time - \"2024-03-01T02:00:00.000000005Z\"", await ChangesAsync(entry, "field = 'infusion.start_time'"));
    }

    private static JournalEntry With(EnrolmentRecord record)
    {
        var like = Entry(kind: "infusion");
        return new JournalEntry
        {
            RecordId = like.RecordId,
            Version = 1,
            Kind = like.Kind,
            Participant = like.Participant,
            Site = like.Site,
            Origin = like.Origin,
            State = like.State,
            NaturalKey = null,
            Content = record.ToByteArray(),
            FormJson = "{}",
            Findings = [],
            Actor = like.Actor,
            Client = like.Client,
            RequestId = like.RequestId,
            RequestHash = like.RequestHash,
            Reason = "",
        };
    }

    private Task<string> ChangesAsync(JournalEntry entry, string where = "true") => AskAsync<string>(
        service.Database.Reader.ConnectionString,
        $"""
        select string_agg(format('%s %s %s %s', version, coalesce(field, '-'), coalesce(old_value::text, '-'), coalesce(new_value::text, '-')), '|' order by version, field collate "C")
        from journal_changes where record_id = '{entry.RecordId}' and {where}
        """);
}
