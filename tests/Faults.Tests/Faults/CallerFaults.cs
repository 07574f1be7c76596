using Equecel.Enrolment.V1;
using Equecel.Faults.Tests.Driving;
using Equecel.Faults.Tests.Running;
using Equecel.Faults.Tests.Wire;

namespace Equecel.Faults.Tests.Faults;

/// <summary>Callers that all want the same at once, and imports that break off.</summary>
internal static class CallerFaults
{
    private const int Callers = 500;
    private const int Writers = 64;
    private const int Rows = 1500;

    private static int lastParticipant = 8_000_000;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("500 callers with one request id", "callers", context => SameRequestAsync(context, Callers, Forms.FollowUp)),
        new("500 callers with one request id, who take no turns", "callers", context => SameRequestAsync(context, Callers, Forms.SubsequentTherapy)),
        new("64 writers of one version", "callers", SameVersionAsync),
        new("an import broken off by its sender after each chunk", "import", BreakOffAsync),
        new("an import whose chunks are committed and not answered", "import", UnansweredAsync),
    ];

    /// <summary>Sends one request from many callers at once, or within a moment: who comes together may share a transaction, who comes a little later has one of its own.</summary>
    public static async Task<bool> SameRequestAsync(
        FaultContext context, int callers, Func<string, Random, SubmitRecordRequest> form, TimeSpan within = default)
    {
        var clients = Clients(context, 6);
        var request = form(await ParticipantAsync(context, clients[0]), context.Dice);
        var intent = clients[0].Intend(request, Expectation.Saved);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async i =>
        {
            await Task.Delay(within * i / callers);
            await clients[i % clients.Count].SubmitAsync(request, intent);
        }));
        return true;
    }

    /// <summary>Lets many writers change one version at once: one of them wins.</summary>
    public static async Task<bool> SameVersionAsync(FaultContext context)
    {
        var clients = Clients(context, 4);
        var participant = await ParticipantAsync(context, clients[0]);
        var first = await clients[0].SubmitAsync(Forms.FollowUp(participant, context.Dice), Expectation.Saved);
        var forms = Enumerable.Range(0, Writers).Select(_ => Forms.FollowUp(participant, context.Dice)).ToList();
        forms.ForEach(form => (form.Header.RecordId, form.Header.ExpectedVersion, form.Header.Reason) = (first.RecordId, 1, "contested"));
        var answers = await Task.WhenAll(forms.Select((form, i) => clients[i % clients.Count].SubmitAsync(form, clients[0].Intend(form, Expectation.Either, "contest"))));
        var winners = answers.Count(answer => answer.Kind == AnswerKind.Acknowledged);
        if (winners != 1 && answers.All(answer => answer.Kind != AnswerKind.Unknown))
        {
            context.Load.Complaints.Add($"{winners} of {Writers} writers won version 2 of record {first.RecordId}");
        }

        return first.Kind == AnswerKind.Acknowledged;
    }

    /// <summary>Imports rows, and breaks off after each chunk.</summary>
    public static async Task<bool> BreakOffAsync(FaultContext context)
    {
        await ImportAsync(context, [.. Enumerable.Repeat(Rows / 6, 4).Select(verdicts => verdicts + context.Dice.Next(-200, 200))]);
        return true;
    }

    /// <summary>Imports rows over a link to the database that is cut whenever a chunk is committed.</summary>
    public static async Task<bool> UnansweredAsync(FaultContext context)
    {
        using var done = new CancellationTokenSource();
        var cutting = CutAsync();
        await ImportAsync(context, []);
        await done.CancelAsync();
        return await cutting > 0;

        async Task<int> CutAsync()
        {
            var cuts = 0;
            var link = context.Platform.Link("enrolment-postgres");
            for (var i = 0; i < 12 && !done.IsCancellationRequested; i++)
            {
                var trap = link.Trap = new Trap(WirePoint.SaveCommitted, passes: false, skip: 1, () => Task.CompletedTask);
                await trap.Sprung.WaitAsync(done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cuts += trap.Sprung.IsCompleted ? 1 : 0;
            }

            link.Trap = null;
            return cuts;
        }
    }

    private static async Task ImportAsync(FaultContext context, IReadOnlyList<int> cuts)
    {
        var client = Clients(context, 1)[0];
        var participant = await ParticipantAsync(context, client);
        var rows = Enumerable.Range(0, Rows).Select(_ => Forms.FollowUp(participant, context.Dice))
            .Select(request => (Intent: client.Intend(request, Expectation.Saved, "import"), Row: new ImportRecordsRequest { Row = request })).ToList();
        var import = new Import<ImportRecordsRequest>(client, context.Load.History, options => client.Enrolment.ImportRecords(options));
        await import.SendAsync(rows, cuts);
    }

    private static List<SiteClient> Clients(FaultContext context, int count)
    {
        var site = context.OneOf(Platform.Sites);
        return [.. Enumerable.Range(0, count).Select(_ => context.Load.Client($"site-{site}", site, context.Platform.Gateway))];
    }

    private static async Task<string> ParticipantAsync(FaultContext context, SiteClient client)
    {
        var participant = Forms.Code(client.Site, Interlocked.Increment(ref lastParticipant));
        await client.SubmitAsync(Forms.Participation(participant, context.Dice), Expectation.Saved);
        return participant;
    }
}
