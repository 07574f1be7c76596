using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Google.Protobuf;

namespace Equecel.Records.Deriving;

/// <summary>Compares what is derived of a participant with what is stored, and makes the versions that are wanting.</summary>
internal sealed class DerivedEntries(RecordsOptions options, RecordContract contract)
{
    /// <summary>The versions that are wanting; none when what is stored is what is derived.</summary>
    /// <param name="derivation">The kind.</param>
    /// <param name="facts">What is known of the participant.</param>
    /// <param name="latest">The latest version of every record of the participant.</param>
    /// <param name="history">All versions of records, for a derivation from history.</param>
    /// <param name="cause">What was saved, as the reason of new versions.</param>
    public IEnumerable<JournalEntry> Of(
        Derivation derivation, ParticipantFacts facts, IReadOnlyList<StoredVersion> latest,
        IReadOnlyDictionary<string, IReadOnlyList<SavedVersion>> history, string cause)
    {
        var sources = latest.Where(version => version.Header.State == RecordState.Active && contract.Forms.IsSent(version.Header.Kind)
                && derivation.Follows(version.Header.Kind))
            .ToDictionary(version => version.Header.RecordId);
        var stored = latest.Where(version => version.Header.Kind == derivation.Kind).ToDictionary(version => version.NaturalKey!);
        var derived = derivation.Derive(facts, [.. sources.Values.Select(Source)]).ToDictionary(form => derivation.NaturalKey(form.SourceRecordId));

        foreach (var (key, form) in derived)
        {
            var content = contract.Content(derivation.RecordField, form.Form).ToByteArray();
            var findings = new RecordHeader { Findings = { form.Findings } };
            var known = stored.GetValueOrDefault(key);
            if (known is null || known.Header.State == RecordState.Retracted
                || !known.Content.Span.SequenceEqual(content) || !known.Header.Findings.Equals(findings.Findings))
            {
                yield return Entry(derivation, key, sources[form.SourceRecordId].Header, known, RecordState.Active, content, form.Form, findings, cause);
            }
        }

        foreach (var (key, known) in stored.Where(known => !derived.ContainsKey(known.Key) && known.Value.Header.State == RecordState.Active))
        {
            yield return Entry(
                derivation, key, known.Header, known, RecordState.Retracted, known.Content.ToByteArray(), contract.Current(known).Form, new(), cause);
        }

        CurrentRecord Source(StoredVersion version) =>
            contract.Current(version) with { Versions = history.GetValueOrDefault(version.Header.RecordId, []) };
    }

    private JournalEntry Entry(
        Derivation derivation, string key, RecordHeader source, StoredVersion? known, RecordState state, byte[] content, IMessage form,
        RecordHeader findings, string cause)
    {
        var (recordId, version) = (known?.Header.RecordId, known?.Header.Version ?? 0);
        var reason = version == 0 ? "" : cause;
        return new JournalEntry
        {
            RecordId = recordId is null ? Guid.CreateVersion7() : Guid.Parse(recordId),
            Version = version + 1,
            Kind = derivation.Kind,
            Participant = source.Participant,
            Site = source.Site,
            Origin = source.Origin,
            State = state,
            NaturalKey = key,
            Content = content,
            FormJson = RecordContract.ToJson(form),
            Findings = findings.ToByteArray(),
            Actor = $"{options.Service} {derivation.RuleSet}",
            Client = $"{options.Service}-service",
            RequestId = Guid.CreateVersion7(),
            // As that of a site's request: a retraction is the same whatever the record says.
            RequestHash = VersionHash.Request(
                recordId ?? "", version, reason, source.Participant, source.Origin, state, state == RecordState.Retracted ? [] : content),
            Reason = reason,
        };
    }
}
