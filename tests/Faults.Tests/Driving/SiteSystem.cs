using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Faults.Tests.Driving;

/// <summary>
/// A site's own software: enrols participants, sends what happens to them, corrects and withdraws it, now and then imports an
/// archive, and sometimes errs. One call at a time, on participants of its own.
/// </summary>
/// <param name="client">Its client.</param>
/// <param name="history">The history.</param>
/// <param name="dice">What it does next.</param>
/// <param name="firstNumber">Number of its first participant.</param>
/// <param name="contested">Records that several systems change.</param>
internal sealed class SiteSystem(SiteClient client, History history, Random dice, int firstNumber, IReadOnlyList<string> contested)
{
    private const int RowsOfAnImport = 60;

    private readonly List<string> participants = [];
    private readonly List<string> infused = [];
    private readonly Dictionary<string, KnownRecord> records = [];
    private int nextNumber = firstNumber;

    /// <summary>How long it rests between calls.</summary>
    public TimeSpan Rest { get; set; } = TimeSpan.FromMilliseconds(15);

    /// <summary>Works until stopped; a call that was begun is brought to its end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !client.GiveUp.IsCancellationRequested)
        {
            await ActAsync();
            await Task.Delay(Rest, CancellationToken.None);
        }
    }

    private async Task ActAsync()
    {
        var known = records.Count > 0 ? records.Values.ElementAt(dice.Next(records.Count)) : null;
        await (dice.Next(100) switch
        {
            _ when participants.Count == 0 => EnrolAsync(),
            < 10 => EnrolAsync(),
            < 24 => SaveAsync(Forms.FollowUp(Anyone(), dice)),
            < 32 when infused.Count > 0 => SaveAsync(Forms.DiseaseAssessment(infused[dice.Next(infused.Count)], dice)),
            < 40 => SaveAsync(Forms.Eq5d5l(Anyone(), dice)),
            < 60 when known is not null => AmendAsync(known),
            < 66 when known is { Retracted: false } => RetractAsync(known),
            < 72 when known is not null => ReadAsync(known),
            < 78 => DieAsync(Anyone()),
            < 84 => ContestAsync(),
            < 86 => client.SubmitAsync(Forms.WrongFollowUp(Anyone(), dice), Expectation.Refused),
            < 88 => client.SubmitAsync(Forms.WrongEq5d5l(Anyone(), dice), Expectation.Refused),
            < 90 => client.SubmitAsync(Forms.FollowUp(Forms.Code(client.Site, 9_999_999), dice), Expectation.Refused),
            < 91 => client.SubmitAsync(Forms.DiseaseAssessment(Forms.Code(client.Site, 9_999_999), dice), Expectation.Refused),
            < 94 when known is { Version: > 1 } => client.RetractAsync(known with { Version = 1 }, Expectation.Refused),
            < 97 => ReuseAsync(),
            _ => ImportAsync(),
        });
    }

    private string Anyone() => participants[dice.Next(participants.Count)];

    private async Task EnrolAsync()
    {
        var participant = Forms.Code(client.Site, nextNumber++);
        if ((await SaveAsync(Forms.Participation(participant, dice))).Kind == AnswerKind.Acknowledged)
        {
            participants.Add(participant);
            if ((await SaveAsync(Forms.Infusion(participant, dice))).Kind == AnswerKind.Acknowledged)
            {
                infused.Add(participant);
            }
        }
    }

    private async Task<Answer> SaveAsync(IMessage request)
    {
        var intent = client.Intend(request, Expectation.Saved);
        var answer = await client.SubmitAsync(request, intent);
        Learn(intent, answer, CaptureService.FormOf(request).Descriptor.Name, retracted: false);
        if (dice.Next(10) == 0 && answer.Kind == AnswerKind.Acknowledged)
        {
            // A careful sender may always ask again.
            await client.SubmitAsync(request, intent);
        }

        return answer;
    }

    private async Task DieAsync(string participant)
    {
        if (records.Values.Any(record => record.Service == "safety" && record.Participant == participant))
        {
            return;
        }

        var request = Forms.Death(participant, dice);
        var intent = client.Intend(request, Expectation.Saved);
        Learn(intent, await client.SubmitAsync(request, intent), nameof(Forms.Death), retracted: false);
    }

    private async Task AmendAsync(KnownRecord known)
    {
        var request = Forms.Of(known.Kind, known.Participant, dice);
        var header = CaptureService.SubmissionHeaderOf(request);
        (header.RecordId, header.ExpectedVersion, header.Reason) = (known.RecordId, known.Version, "corrected");
        var intent = client.Intend(request, Expectation.Saved, "amend");
        Learn(intent, await client.SubmitAsync(request, intent), known.Kind, retracted: false);
    }

    private async Task RetractAsync(KnownRecord known)
    {
        // Without a participation nobody can be sent for, nor without an infusion an assessment after it, which is as it should be, and
        // would end this system's work.
        if (known.Kind is nameof(Participation) or nameof(Infusion))
        {
            return;
        }

        if (await client.RetractAsync(known, Expectation.Saved) is { Kind: AnswerKind.Acknowledged } answer)
        {
            records[known.RecordId] = known with { Version = answer.Version, Retracted = true };
        }
        else
        {
            records.Remove(known.RecordId);
        }
    }

    /// <summary>What was acknowledged is there at once, as it was sent.</summary>
    private async Task ReadAsync(KnownRecord known)
    {
        try
        {
            var record = await client.GetAsync(known.Service, known.RecordId);
            var (header, content) = (CaptureService.HeaderOf(record), CaptureService.ContentOf(record));
            if (header.Version != known.Version || content != known.Content || header.State == RecordState.Retracted != known.Retracted)
            {
                client.Complaints.Add($"record {known.RecordId} reads as version {header.Version}, content {content}, {header.State}; acknowledged was {known}");
            }
        }
        catch (RpcException e) when (!Attempts.IsOutage(e))
        {
            client.Complaints.Add($"record {known.RecordId} was acknowledged and cannot be read: {e.Status}");
        }
        catch (Exception e) when (Attempts.IsOutage(e))
        {
            client.Learn(e, "reading");
        }
    }

    private async Task ContestAsync()
    {
        if (contested.Count == 0)
        {
            return;
        }

        try
        {
            var options = await client.OptionsAsync(TimeSpan.FromSeconds(8), client.GiveUp);
            var current = (await client.Enrolment.GetRecordAsync(new() { RecordId = contested[dice.Next(contested.Count)] }, options)).Header;
            var request = Forms.FollowUp(current.Participant, dice);
            (request.Header.RecordId, request.Header.ExpectedVersion, request.Header.Reason) = (current.RecordId, current.Version, "contested");
            await client.SubmitAsync(request, client.Intend(request, Expectation.Either, "contest"));
        }
        catch (Exception e) when (Attempts.IsOutage(e))
        {
            client.Learn(e, "reading");
        }
    }

    private async Task ReuseAsync()
    {
        var request = Forms.FollowUp(Anyone(), dice);
        var intent = client.Intend(request, Expectation.Saved);
        var answer = await client.SubmitAsync(request, intent);
        Learn(intent, answer, "FollowUp", retracted: false);
        if (answer.Kind == AnswerKind.Acknowledged)
        {
            request = request.Clone();
            request.FollowUp.ContactAttemptCount = (request.FollowUp.ContactAttemptCount + 1) % 100;
            await client.SubmitAsync(request, client.Intend(request, Expectation.Refused, "reuse"));
        }
    }

    private async Task ImportAsync()
    {
        var rows = Enumerable.Range(0, RowsOfAnImport).Select(_ => Forms.FollowUp(Anyone(), dice))
            .Select(request => (Intent: client.Intend(request, Expectation.Saved, "import"), Row: new ImportRecordsRequest { Row = request })).ToList();
        var import = new Import<ImportRecordsRequest>(client, history, options => client.Enrolment.ImportRecords(options));
        var answers = await import.SendAsync(rows);
        for (var i = 0; i < rows.Count; i++)
        {
            Learn(rows[i].Intent, answers[i], "FollowUp", retracted: false);
        }
    }

    private void Learn(Intent intent, Answer answer, string kind, bool retracted)
    {
        if (answer.Kind == AnswerKind.Acknowledged)
        {
            records[answer.RecordId] = new KnownRecord(intent.Service, kind, intent.Participant, answer.RecordId, answer.Version, intent.Content, retracted);
        }
        else if (intent.RecordId.Length > 0)
        {
            // Its version is not certain any more.
            records.Remove(intent.RecordId);
        }
    }
}
