using Equecel.Enrolment.V1;
using Equecel.Records.Deriving;
using Equecel.Records.Forms;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Records.Directory;

/// <summary>Who participants are: from memory for a few seconds, then from the cache, then from Enrolment, who alone knows.</summary>
internal sealed class ParticipantDirectory(
    DirectoryCache cache, EnrolmentService.EnrolmentServiceClient enrolment, TimeProvider time) : IParticipantDirectory
{
    private const int MaxLookUp = 1000;
    private static readonly TimeSpan LookUpDeadline = TimeSpan.FromSeconds(3);

    private readonly RecentParticipants recent = new(TimeSpan.FromSeconds(5), time);

    public async ValueTask<IReadOnlyDictionary<string, ParticipantFacts>> FindAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation)
    {
        var found = new Dictionary<string, ParticipantFacts>(codes.Count);
        foreach (var code in codes)
        {
            if (recent.Find(code) is { } facts)
            {
                found[code] = facts;
            }
        }

        if (found.Count < codes.Count)
        {
            Add(found, await cache.FindAsync([.. codes.Where(code => !found.ContainsKey(code))]));
        }

        if (found.Count < codes.Count)
        {
            var known = await AskAsync([.. codes.Where(code => !found.ContainsKey(code))], cancellation);
            cache.Put(known);
            Add(found, known);
        }

        return found;
    }

    public async ValueTask<IReadOnlyDictionary<string, ParticipantFacts>> LookUpAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation)
    {
        var found = new Dictionary<string, ParticipantFacts>(codes.Count);
        var known = await AskAsync([.. codes], cancellation);
        cache.Put(known);
        Add(found, known);
        return found;
    }

    public async ValueTask<IReadOnlyDictionary<string, ParticipantFacts>> FindAfreshAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation)
    {
        try
        {
            return await LookUpAsync(codes, cancellation);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
        {
            // Then what is kept is the best that can be known.
            return new Dictionary<string, ParticipantFacts>();
        }
    }

    public ParticipantFacts? After(ParticipantFacts? facts, FormContext context, IMessage form) => facts;

    public ParticipantFacts Followed(ParticipantFacts facts) => FollowedFacts.Of(facts);

    public void Saved(FormContext context, IMessage? form)
    {
        // Only what Enrolment saves changes who a participant is.
    }

    private async Task<List<ParticipantFacts>> AskAsync(List<string> codes, CancellationToken cancellation)
    {
        try
        {
            var known = new List<ParticipantFacts>(codes.Count);
            foreach (var chunk in codes.Chunk(MaxLookUp))
            {
                var answer = await enrolment.LookUpParticipantsAsync(
                    new LookUpParticipantsRequest { Participants = { chunk } },
                    deadline: CallDeadline.NoLaterThan(time.GetUtcNow().UtcDateTime + LookUpDeadline),
                    cancellationToken: cancellation);
                known.AddRange(answer.Participants);
            }

            return known;
        }
        catch (Exception e) when (e is RpcException or HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw RpcError.DependencyDown("Enrolment, which knows the participants,", TimeSpan.FromSeconds(1));
        }
    }

    private void Add(Dictionary<string, ParticipantFacts> found, IEnumerable<ParticipantFacts> known)
    {
        foreach (var facts in known)
        {
            found[facts.Participant] = facts;
            recent.Put(facts.Participant, facts);
        }
    }
}
