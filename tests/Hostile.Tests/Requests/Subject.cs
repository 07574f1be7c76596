using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.Hostile.Tests.Requests;

/// <summary>A site with one participant, of whom there is a record of every form.</summary>
/// <param name="Site">Code of the site.</param>
internal sealed record Subject(string Site)
{
    private readonly List<Sample> samples = [];
    private readonly Dictionary<string, RecordHeader> queries = [];

    /// <summary>The participant.</summary>
    public string Participant => $"{Site}-0001";

    /// <summary>A text that is in its records, and nowhere else.</summary>
    public string Secret { get; } = $"only{Guid.NewGuid():N}";

    /// <summary>What was sent and saved.</summary>
    public IReadOnlyList<Sample> Samples => samples;

    /// <summary>An open data query about its records, by the service that has it.</summary>
    public IReadOnlyDictionary<string, RecordHeader> Queries => queries;

    /// <summary>The UUIDs of its records and of the data queries about them.</summary>
    public IEnumerable<string> RecordIds => samples.Select(sample => sample.Record.RecordId).Concat(queries.Values.Select(query => query.RecordId));

    /// <summary>Texts that nobody else may see. What the caller itself sent is not among them.</summary>
    /// <param name="sent">What the caller sent.</param>
    public IEnumerable<string> Private(string sent) =>
        samples.SelectMany(sample => (string[])[sample.Record.Participant, sample.Record.RequestId])
            .Concat(RecordIds).Append(Secret).Where(text => text.Length > 0 && !sent.Contains(text, StringComparison.Ordinal)).Distinct();

    public void Add(Sample sample) => samples.Add(sample);

    public void AddQuery(string service, RecordHeader query) => queries.Add(service, query);
}

/// <summary>A form that was accepted.</summary>
/// <param name="Service">The service that has it.</param>
/// <param name="Submission">What was sent.</param>
/// <param name="Record">What it became.</param>
internal sealed record Sample(string Service, IMessage Submission, RecordHeader Record)
{
    public override string ToString() => $"{Service} {Record.Kind}";
}
