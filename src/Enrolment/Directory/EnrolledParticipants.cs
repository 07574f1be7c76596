using System.Runtime.CompilerServices;
using Equecel.Enrolment.V1;
using Equecel.Records.Directory;
using Equecel.Records.Forms;
using Equecel.Records.Verbs;
using Google.Protobuf;

namespace Equecel.Enrolment.Directory;

/// <summary>Who is enrolled, from this service's own records; lately used participants are kept in memory.</summary>
internal sealed class EnrolledParticipants(CurrentRecords<EnrolmentRecord> records, TimeProvider time) : IParticipantDirectory
{
    // Another instance of this service may have changed a participant meanwhile.
    private readonly RecentParticipants recent = new(TimeSpan.FromSeconds(10), time);
    private long saves;

    public async ValueTask<IReadOnlyDictionary<string, ParticipantFacts>> FindAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation)
    {
        var found = new Dictionary<string, ParticipantFacts>(codes.Count);
        var unknown = new List<string>();
        foreach (var code in codes)
        {
            if (recent.Find(code) is { } facts)
            {
                found[code] = facts;
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

    /// <summary>What is known of all participants of a site, ordered by code.</summary>
    /// <param name="site">Code of the site.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async IAsyncEnumerable<ParticipantFacts> OfSiteAsync(string site, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = "";
        while (await records.ParticipantsAsync(site, after, cancellation) is { Count: > 0 } codes)
        {
            var found = await FindAsync(codes, cancellation);
            foreach (var code in codes.Where(found.ContainsKey))
            {
                yield return found[code];
            }

            after = codes[^1];
        }
    }

    public ParticipantFacts? After(ParticipantFacts? facts, FormContext context, IMessage form) => FactsFold.Add(facts, context, form);

    public void Saved(FormContext context, IMessage? form)
    {
        Interlocked.Increment(ref saves);
        var code = context.Participant.Length > 0 ? context.Participant : context.Site;
        if (form is null or Freeze)
        {
            // What a site is holds for all its participants.
            if (context.Participant.Length == 0)
            {
                recent.Clear();
            }

            recent.Remove(code);
        }
        else if (form is (Participation or Site) && context.New)
        {
            recent.Put(code, WithRanges(FactsFold.Add(facts: null, context, form)!, recent.Find(context.Site)));
        }
        else
        {
            recent.Change(code, known => FactsFold.Add(known, context, form)!);
        }
    }

    private async Task ReadAsync(List<string> codes, Dictionary<string, ParticipantFacts> found, CancellationToken cancellation)
    {
        var savesBefore = Interlocked.Read(ref saves);
        // Sites always: what is kept of a participant is to be no older than the freeze of its site in it.
        List<string> asked = [.. codes.Concat(codes.Select(ParticipantCode.FindSite).OfType<string>()).Distinct()];
        var read = new Dictionary<string, ParticipantFacts>(asked.Count);
        var current = await records.OfAsync(asked, cancellation);
        // Records of one import can have been begun in the same millisecond: enrolment comes first whatever their ids say.
        foreach (var (context, form) in current.OrderBy(record => record.Form is Participation or Site ? 0 : 1))
        {
            var code = context.Participant.Length > 0 ? context.Participant : context.Site;
            if (FactsFold.Add(read.GetValueOrDefault(code), context, form) is { } facts)
            {
                read[code] = facts;
            }
        }

        foreach (var code in codes.Where(read.ContainsKey))
        {
            var site = read.GetValueOrDefault(read[code].Site);
            found[code] = read[code] = WithRanges(FactsFold.InSite(read[code], site), site);
        }

        // What was read may be older than what a save that ended meanwhile has put here.
        if (Interlocked.Read(ref saves) == savesBefore)
        {
            read.ToList().ForEach(pair => recent.Put(pair.Key, pair.Value));
        }
    }

    // Sites and participants are known alike, and a participant's laboratory is the site's.
    private static ParticipantFacts WithRanges(ParticipantFacts facts, ParticipantFacts? site)
    {
        if (site is not { LaboratoryRanges.Count: > 0 } || facts.Participant == site.Participant)
        {
            return facts;
        }

        var next = facts.Clone();
        next.LaboratoryRanges.Clear();
        next.LaboratoryRanges.Add(site.LaboratoryRanges);
        return next;
    }
}
