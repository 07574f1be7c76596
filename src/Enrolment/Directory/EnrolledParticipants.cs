using System.Collections.Concurrent;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.Verbs;
using Google.Protobuf;

namespace Equecel.Enrolment.Directory;

/// <summary>Who is enrolled, from this service's own records; lately used participants are kept in memory.</summary>
internal sealed class EnrolledParticipants(CurrentRecords<EnrolmentRecord> records, TimeProvider time) : IParticipantDirectory
{
    private const int MaxKept = 20_000;

    // Another instance of this service may have changed a participant meanwhile.
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (ParticipantFacts Facts, long Since)> kept = new();
    private long saves;

    public async ValueTask<IReadOnlyDictionary<string, ParticipantFacts>> FindAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation)
    {
        var found = new Dictionary<string, ParticipantFacts>(codes.Count);
        var unknown = new List<string>();
        foreach (var code in codes)
        {
            if (kept.TryGetValue(code, out var entry) && time.GetElapsedTime(entry.Since) < KeptFor)
            {
                found[code] = entry.Facts;
            }
            else
            {
                unknown.Add(code);
            }
        }

        if (unknown.Count > 0)
        {
            await ReadAsync(unknown, found, cancellation);
        }

        return found;
    }

    public ParticipantFacts? After(ParticipantFacts? facts, FormContext context, IMessage form) => FactsFold.Add(facts, context, form);

    public void Saved(FormContext context, IMessage? form)
    {
        Interlocked.Increment(ref saves);
        var code = context.Participant.Length > 0 ? context.Participant : context.Site;
        var known = kept.TryGetValue(code, out var entry) ? entry.Facts : null;
        if (form is (Participation or Site) && context.New)
        {
            Keep(code, FactsFold.Add(facts: null, context, form)!);
        }
        else if (form is not null && known is not null)
        {
            Keep(code, FactsFold.Add(known, context, form)!);
        }
        else
        {
            kept.TryRemove(code, out _);
        }
    }

    private async Task ReadAsync(List<string> codes, Dictionary<string, ParticipantFacts> found, CancellationToken cancellation)
    {
        var savesBefore = Interlocked.Read(ref saves);
        // Records of one import can have been begun in the same millisecond: enrolment comes first whatever their ids say.
        var current = await records.OfAsync(codes, cancellation);
        foreach (var (context, form) in current.OrderBy(record => record.Form is Participation ? 0 : 1))
        {
            var code = context.Participant.Length > 0 ? context.Participant : context.Site;
            if (FactsFold.Add(found.GetValueOrDefault(code), context, form) is { } facts)
            {
                found[code] = facts;
            }
        }

        // What was read may be older than what a save that ended meanwhile has put here.
        if (Interlocked.Read(ref saves) == savesBefore)
        {
            codes.Where(found.ContainsKey).ToList().ForEach(code => Keep(code, found[code]));
        }
    }

    private void Keep(string code, ParticipantFacts facts)
    {
        if (kept.Count >= MaxKept)
        {
            kept.Clear();
        }

        kept[code] = (facts, time.GetTimestamp());
    }
}
