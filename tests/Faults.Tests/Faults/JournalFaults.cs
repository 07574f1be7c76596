using Equecel.Enrolment.V1;
using Equecel.Faults.Tests.Checking;
using Equecel.Faults.Tests.Driving;
using Equecel.Faults.Tests.Running;
using Equecel.Faults.Tests.Wire;
using Npgsql;

namespace Equecel.Faults.Tests.Faults;

/// <summary>Transactions that commit late, and versions that Analytics is told in the wrong order.</summary>
internal static class JournalFaults
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("a save commits after saves that came later", "late commit", CommitLateAsync),
        new("newer versions are told before older ones", "messages", TellNewestFirstAsync),
    ];

    /// <summary>
    /// Holds a save back inside the database, by a row of the examiner's own with the same request id that is taken back in the end;
    /// saves with higher sequence numbers commit meanwhile.
    /// </summary>
    public static async Task<bool> CommitLateAsync(FaultContext context)
    {
        var site = context.OneOf(Platform.Sites);
        var (held, others) = (context.Load.Client($"site-{site}", site, context.Platform.Gateway), context.Load.Client($"site-{site}", site, context.Platform.Gateway));
        var participant = Forms.Code(site, 1);
        try
        {
            await using var connection = new NpgsqlConnection(context.Platform.Postgres.ConnectionString("enrolmentdb"));
            await connection.OpenAsync();
            for (var i = 0; i < 3; i++)
            {
                var request = Forms.FollowUp(participant, context.Dice);
                var intent = held.Intend(request, Expectation.Saved);
                await using var transaction = await connection.BeginTransactionAsync();
                await using var command = new NpgsqlCommand(
                    """
                    insert into journal overriding user value
                    select (jsonb_populate_record(j, jsonb_build_object('record_id', gen_random_uuid(), 'natural_key', null, 'version', 1, 'client', $1, 'request_id', $2))).*
                    from journal j limit 1
                    """,
                    connection,
                    transaction)
                { Parameters = { new() { Value = held.Name }, new() { Value = intent.RequestId } } };
                await command.ExecuteNonQueryAsync();

                var saving = held.SubmitAsync(request, intent);
                await Task.Delay(150);
                await Task.WhenAny(Task.WhenAll(Enumerable.Range(0, 5).Select(_ => others.SubmitAsync(Forms.FollowUp(participant, context.Dice), Expectation.Saved))), Task.Delay(700));
                await transaction.RollbackAsync();
                await saving;
            }

            return true;
        }
        catch (NpgsqlException)
        {
            // Another fault has the database.
            return false;
        }
    }

    /// <summary>Tells Analytics the newest versions itself while the relay cannot.</summary>
    public static async Task<bool> TellNewestFirstAsync(FaultContext context)
    {
        var link = context.Platform.Link("enrolment-messaging");
        link.Stall();
        try
        {
            var site = context.OneOf(Platform.Sites);
            var client = context.Load.Client($"site-{site}", site, context.Platform.Gateway);
            var first = await client.SubmitAsync(Forms.FollowUp(Forms.Code(site, 1), context.Dice), Expectation.Saved);
            for (var version = 1; version < 4; version++)
            {
                var form = Forms.FollowUp(Forms.Code(site, 1), context.Dice);
                (form.Header.RecordId, form.Header.ExpectedVersion, form.Header.Reason) = (first.RecordId, version, "corrected");
                await client.SubmitAsync(form, Expectation.Saved);
            }

            var rows = await new Databases(context.Platform.Postgres).JournalsAsync();
            var told = await MessageFaults.PublishAsync(
                context, [.. rows.Where(row => row.RecordId.ToString() == first.RecordId && row.Version > 1).OrderByDescending(row => row.Version).Select(MessageOf)]);
            // For as long as Analytics may take to have them.
            for (var i = 0; i < 40 && !(await context.Examination.HeldAsync()).Contains($"{first.RecordId}/4"); i++)
            {
                await Task.Delay(50);
            }

            return told;
        }
        catch (NpgsqlException)
        {
            // Another fault has the database.
            return false;
        }
        finally
        {
            link.Mend();
        }
    }

    private static CapturedMessage MessageOf(JournalRow row) => new(
        $"{row.Service}.{row.Kind}",
        new Dictionary<string, string>
        {
            ["message_id"] = $"{row.RecordId}/{row.Version}",
            ["type"] = EnrolmentRecordChanges.Descriptor.FullName,
            ["app_id"] = row.Service,
            ["content_type"] = "application/x-protobuf",
        },
        Contents.ChangeOf(row));
}
