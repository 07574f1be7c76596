using Equecel.Analytics.Cohort;
using Equecel.Benchmarks.Load;
using Equecel.Common.V1;

namespace Equecel.Benchmarks.Figures;

/// <summary>A cohort of any size as Analytics holds it, with three records for each participant, every other one's prospective.</summary>
internal sealed class MadeCohort
{
    private const string Site = "01";
    private static readonly DateOnly FirstInfusion = new(2015, 1, 1);

    private readonly int size;
    private readonly Dice dice = new(2);
    private readonly ParticipantCode[] codes;
    private int version = 1;

    /// <summary>Makes it.</summary>
    /// <param name="size">Participants, at most ten million.</param>
    public MadeCohort(int size)
    {
        this.size = size;
        codes = [.. Enumerable.Range(0, size).Select(i => ParticipantCode.Find(FormattableString.Invariant($"{Site}-{i:0000000}"), Site)!.Value)];
        for (var i = 0; i < size; i++)
        {
            var infusion = FirstInfusion.AddDays(i % 2000);
            Table.Apply(Change(i, RecordKind.Participation, null));
            Table.Apply(Change(i, RecordKind.Infusion, infusion));
            Table.Apply(Change(i, i % 5 < 3 ? RecordKind.Death : RecordKind.Contact, infusion.AddDays(dice.Next(1500))));
        }
    }

    /// <summary>The latest versions and the facts.</summary>
    public ParticipantTable Table { get; } = new();

    /// <summary>Amendments of follow-ups of participants in no order. Each is newer than all before it.</summary>
    public CohortChange[] MakeChanges(int count)
    {
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            version++;
            var participant = dice.Next(size);
            return Change(participant, RecordKind.Contact, FirstInfusion.AddDays((participant % 2000) + dice.Next(1500)));
        })];
    }

    private CohortChange Change(int participant, RecordKind kind, DateOnly? date) => new(
        codes[participant],
        Site,
        new Guid(participant, (short)kind, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        version,
        new RecordFact(kind, participant % 2 == 0 ? DataOrigin.Prospective : DataOrigin.Retrospective, isActive: true, date is { } day ? new PartialDate(day, IsMonth: false) : null));
}
