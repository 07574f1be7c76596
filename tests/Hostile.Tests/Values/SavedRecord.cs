using Equecel.Hostile.Tests.Requests;
using Equecel.Hostile.Tests.Running;
using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.Hostile.Tests.Values;

/// <summary>A version of a record, as it reads back.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Record">All of it.</param>
internal sealed record SavedRecord(RecordHeader Header, IMessage Record)
{
    /// <summary>The site whose values are tried.</summary>
    public const string Site = "03";

    /// <summary>Its form.</summary>
    public IMessage Form => (IMessage)Record.Descriptor.FindFieldByName(Header.Kind).Accessor.GetValue(Record);

    /// <summary>Reads one, as its site's own system.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="site">The site.</param>
    /// <param name="service">The service that has it.</param>
    /// <param name="recordId">Its record.</param>
    /// <param name="version">Its version; 0 for the latest.</param>
    public static async Task<SavedRecord> ReadAsync(HostilePlatform platform, string site, string service, string recordId, int version = 0)
    {
        var get = Rpc.All.Single(known => known.Service == service && known.Request == GetRecordRequest.Descriptor);
        var outcome = await platform.To(get, direct: true).CallAsync(get, platform.SiteToken(site), new GetRecordRequest { RecordId = recordId, Version = version }.ToByteArray());
        return new(HostilePlatform.HeaderOf(get, outcome), get.Method.OutputType.Parser.ParseFrom(outcome.Messages[0]));
    }

    /// <summary>A sample's form, to be saved as the version after one.</summary>
    public static IMessage Next(Sample sample, int version)
    {
        var submission = RequestMaker.Amendment(sample);
        Submissions.HeaderOf(submission).ExpectedVersion = version;
        Submissions.HeaderOf(submission).ValidateOnly = false;
        return submission;
    }
}
