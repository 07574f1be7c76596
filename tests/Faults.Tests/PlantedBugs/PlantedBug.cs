using Equecel.Faults.Tests.Driving;
using Equecel.Faults.Tests.Faults;
using Equecel.Faults.Tests.Rounds;
using Equecel.Faults.Tests.Running;
using Equecel.Faults.Tests.Wire;

namespace Equecel.Faults.Tests.PlantedBugs;

/// <summary>A bug that the examiner has to catch.</summary>
/// <param name="Name">What the bug is, and the name of its patch.</param>
/// <param name="Project">The project that is patched.</param>
/// <param name="Services">The services that run with it.</param>
/// <param name="Sign">What the violation says that tells of it.</param>
/// <param name="Show">The faults that show it.</param>
internal sealed record PlantedBug(string Name, string Project, IReadOnlyList<string> Services, string Sign, params IReadOnlyList<Fault> Show)
{
    private const string Lacks = "Analytics lacks";

    /// <summary>All that are planted.</summary>
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("answer-before-commit", "Records", ["enrolment"], "is in the journal 0 times", At("enrolment", WirePoint.SaveCommitting), At("enrolment", WirePoint.SaveCommitting)),
        new("publish-before-commit", "Records", ["enrolment"], "which no journal holds", Nothing, At("enrolment", WirePoint.SaveCommitting), Nothing, At("enrolment", WirePoint.SaveCommitting)),
        new("cursor-by-sequence-alone", "Records", ["enrolment"], "never told of", Late, Late),
        new("position-saved-before-confirm", "Records", ["enrolment"], "which the broker has never confirmed", At("enrolment", WirePoint.Published, "messaging"), At("enrolment", WirePoint.Published, "messaging")),
        // Shown only where the commit is of messages, not of a feed, and the acknowledgement was on its way.
        new("ack-before-commit", "Analytics", ["analytics"], "Analytics has not stored it", [.. Enumerable.Repeat<Fault[]>([Nothing, At("analytics", WirePoint.IntakeCommitting)], 4).SelectMany(pair => pair)]),
        new("older-versions-dropped", "Analytics", ["analytics"], Lacks, new Fault("newest first", "messages", JournalFaults.TellNewestFirstAsync)),
        new("request-id-outside-transaction", "Records", ["enrolment"], "is in the journal 2 times", [.. Enumerable.Repeat(SameRequest, 5)]),
        new("last-write-wins", "Records", ["enrolment"], "writers won version 2", new Fault("writers", "callers", CallerFaults.SameVersionAsync)),
        new("site-check-only-at-the-gateway", "ServiceDefaults", ["enrolment", "safety"], "should have been refused", new Fault("reach over", "borders", BorderFaults.ReachOverAsync)),
        new("cache-key-without-site", "Records", ["safety"], "should have been refused", new Fault("same number", "borders", BorderFaults.SameNumberAsync)),
        new("chain-without-previous", "Records", ["safety"], "does not follow from the version before it", Nothing),
        new("current-state-left-behind", "Records", ["enrolment"], "the current form of record", Nothing),
    ];

    // Long enough for relays to be connected, and for feeds to be read to where they are.
    private static Fault Nothing => new("nothing goes wrong", "nothing", async _ =>
    {
        await Task.Delay(TimeSpan.FromSeconds(4));
        return true;
    });

    private static Fault Late => new("a save commits late", "late commit", JournalFaults.CommitLateAsync);

    // Slow enough for two to look before either has written; of a form that no other record is looked at for, so that they take no turns.
    private static Fault SameRequest => new("callers", "callers", async context =>
    {
        context.Platform.Link("enrolment-postgres").Delay = TimeSpan.FromMilliseconds(20);
        var sent = await CallerFaults.SameRequestAsync(context, callers: 20, Forms.SubsequentTherapy, within: TimeSpan.FromMilliseconds(100));
        context.Platform.Link("enrolment-postgres").Mend();
        return sent;
    });

    /// <summary>Its patch.</summary>
    public string Patch => Path.Combine(AppContext.BaseDirectory, "PlantedBugs", $"{Name}.patch");

    /// <summary>Builds it, and lets the examiner look for it.</summary>
    /// <param name="evidence">Where to keep history and logs when it is not found; null for nowhere.</param>
    /// <returns>What the examiner found.</returns>
    public async Task<IReadOnlyList<string>> ExamineAsync(string? evidence = null)
    {
        var folder = Directory.CreateTempSubdirectory("equecel-planted-").FullName;
        try
        {
            var assembly = await PatchedProject.BuildAsync(Project, Patch, folder);
            var programs = Services.ToDictionary(service => service, service => ProgramsWith(assembly, service, folder));
            await using var era = await Era.BeginAsync(seed: 1, programs, patience: TimeSpan.FromSeconds(10));
            var violations = (await new Round(era, seed: 1).RunAsync(Show)).Violations;
            if (evidence is not null && !violations.Any(Tells))
            {
                era.KeepEvidence(evidence);
            }

            return violations;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Whether a violation tells of it.</summary>
    public bool Tells(string violation) => violation.Contains(Sign, StringComparison.Ordinal);

    private static string ProgramsWith(string assembly, string service, string folder)
    {
        var original = Repository.ProgramsOf(char.ToUpperInvariant(service[0]) + service[1..]);
        var programs = Directory.CreateDirectory(Path.Combine(folder, "programs", service)).FullName;
        foreach (var file in Directory.EnumerateFiles(original))
        {
            File.Copy(file, Path.Combine(programs, Path.GetFileName(file)));
        }

        File.Copy(assembly, Path.Combine(programs, Path.GetFileName(assembly)), overwrite: true);
        return programs;
    }

    private static Fault At(string service, WirePoint point, string server = "postgres") =>
        new($"{service} killed", "kill", new WireFault($"{service} killed", $"{service}-{server}", point, Passes: false, 0, service).RunAsync);
}
