using Equecel.Faults.Tests.Driving;
using Equecel.Faults.Tests.Running;
using Grpc.Core;
using StackExchange.Redis;

namespace Equecel.Faults.Tests.Faults;

/// <summary>Senders that reach for what is another site's, at the gateway and past it.</summary>
internal static class BorderFaults
{
    private static int lastNumber = 7_000_000;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("a site sends for another site's participants", "borders", ReachOverAsync),
        new("a site sends for a number that only another site has", "borders", SameNumberAsync),
    ];

    /// <summary>Saves, changes and reads what is another site's; all of it must be refused.</summary>
    public static async Task<bool> ReachOverAsync(FaultContext context)
    {
        var (own, other) = TwoSites(context);
        var platform = context.Platform;
        var owner = context.Load.Client($"site-{own}", own, platform.Gateway);
        var participant = Forms.Code(own, Interlocked.Increment(ref lastNumber));
        await owner.SubmitAsync(Forms.Participation(participant, context.Dice), Expectation.Saved);
        await owner.SubmitAsync(Forms.Infusion(participant, context.Dice), Expectation.Saved);
        var record = await owner.SubmitAsync(Forms.FollowUp(participant, context.Dice), Expectation.Saved);
        foreach (var addressOf in (Func<string, Uri>[])[_ => platform.Gateway, Direct])
        {
            await ReachAsync(context, Intruder("enrolment"), participant, record.RecordId);
            await Intruder("safety").SubmitAsync(Forms.Death(participant, context.Dice), Expectation.Refused);
            await Intruder("assessment").SubmitAsync(Forms.DiseaseAssessment(participant, context.Dice), Expectation.Refused);
            await Intruder("questionnaire").SubmitAsync(Forms.Eq5d5l(participant, context.Dice), Expectation.Refused);

            SiteClient Intruder(string service) => context.Load.Client($"site-{other}", other, addressOf(service));
        }

        return record.Kind == AnswerKind.Acknowledged;

        Uri Direct(string service) => new($"http://127.0.0.1:{platform.Service(service).GrpcPort}");
    }

    /// <summary>Sends a death for a participant that is not enrolled, when another site's with the same number is.</summary>
    public static async Task<bool> SameNumberAsync(FaultContext context)
    {
        var (own, other) = TwoSites(context);
        var owner = context.Load.Client($"site-{own}", own, context.Platform.Gateway);
        int number;
        bool isCached;
        var attempt = 0;
        do
        {
            number = Interlocked.Increment(ref lastNumber);
            await owner.SubmitAsync(Forms.Participation(Forms.Code(own, number), context.Dice), Expectation.Saved);
            await owner.SubmitAsync(Forms.Death(Forms.Code(own, number), context.Dice), Expectation.Saved);
            await Task.Delay(100);
            isCached = await IsCachedAsync(context, number);
        }
        while (!isCached && attempt++ < 8);

        await context.Load.Client($"site-{other}", other, context.Platform.Gateway).SubmitAsync(Forms.Death(Forms.Code(other, number), context.Dice), Expectation.Refused);
        return isCached;
    }

    /// <summary>Whether what Safety has learnt of a participant lies in the cache; where it does not, Safety has found the cache too slow and leaves it alone.</summary>
    private static async Task<bool> IsCachedAsync(FaultContext context, int number)
    {
        try
        {
            await using var connection = await context.Platform.Cache.ConnectAsync();
            if (await connection.GetServers()[0].KeysAsync(pattern: $"*{number:0000000}").AnyAsync())
            {
                return true;
            }
        }
        catch (RedisException)
        {
            // Another fault has it.
        }

        await Task.Delay(1000);
        return false;
    }

    private static async Task ReachAsync(FaultContext context, SiteClient intruder, string participant, string recordId)
    {
        await intruder.SubmitAsync(Forms.FollowUp(participant, context.Dice), Expectation.Refused);
        var amendment = Forms.FollowUp(participant, context.Dice);
        (amendment.Header.RecordId, amendment.Header.ExpectedVersion, amendment.Header.Reason) = (recordId, 1, "not mine");
        await intruder.SubmitAsync(amendment, Expectation.Refused);
        try
        {
            await intruder.Enrolment.GetRecordAsync(new() { RecordId = recordId }, await intruder.OptionsAsync(TimeSpan.FromSeconds(8), intruder.GiveUp));
            intruder.Complaints.Add($"{intruder.Name} reads record {recordId} of {participant}");
        }
        catch (RpcException e) when (!Attempts.IsOutage(e))
        {
            if (e.StatusCode != StatusCode.NotFound)
            {
                intruder.Complaints.Add($"{intruder.Name} asks for record {recordId} of {participant}, and is not told that there is none: {e.StatusCode}");
            }
        }
        catch (Exception e) when (Attempts.IsOutage(e))
        {
            intruder.Learn(e, "reaching over");
        }
    }

    private static (string Own, string Other) TwoSites(FaultContext context)
    {
        var first = context.Dice.Next(Platform.Sites.Count);
        return (Platform.Sites[first], Platform.Sites[(first + 1) % Platform.Sites.Count]);
    }
}
