using Equecel.Analytics.Cohort;
using Equecel.Common.V1;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Ingestion;

/// <summary>A version of a record as a capture service sent it, with nothing missing that Analytics needs.</summary>
/// <param name="Service">The service, such as <c>safety</c>.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Version">Its version, 1 or more.</param>
/// <param name="Kind">Name of its form's field, such as <c>death</c>.</param>
/// <param name="Participant">Code of the participant; empty for a form about a site.</param>
/// <param name="Site">Code of the site.</param>
/// <param name="Origin">Where the data came from.</param>
/// <param name="State">Whether the version counts.</param>
/// <param name="SaveTime">When its service saved it.</param>
/// <param name="Hash">Its hash, 32 bytes.</param>
/// <param name="Content">The whole record as protobuf.</param>
/// <param name="IsRedacted">Whether what it said was taken away. Its hash is as it was.</param>
/// <param name="Change">What it changes in the cohort; null for what the cohort does not ask about.</param>
internal sealed record RecordVersion(
    string Service,
    Guid RecordId,
    int Version,
    string Kind,
    string Participant,
    string Site,
    DataOrigin Origin,
    RecordState State,
    DateTimeOffset SaveTime,
    byte[] Hash,
    byte[] Content,
    bool IsRedacted,
    CohortChange? Change)
{
    /// <summary>Reads a version.</summary>
    /// <param name="service">The service that sent it.</param>
    /// <param name="header">What the platform says about it.</param>
    /// <param name="kind">Name of the form's field; null when the record has no form that is known here.</param>
    /// <param name="record">The whole record.</param>
    /// <param name="fact">What the form says about a participant, as far as the cohort asks; null when it is about a site or something else.</param>
    /// <exception cref="ContractViolationException">It is not what the contract promises.</exception>
    public static RecordVersion Read(string service, RecordHeader? header, string? kind, IMessage record, RecordFact? fact)
    {
        ContractViolationException.Unless(header is not null, "no header");
        var isRedacted = header.Redaction is not null;
        kind ??= isRedacted ? header.Kind : null;
        ContractViolationException.Unless(!string.IsNullOrEmpty(kind), "no form, or one that is not known");
        ContractViolationException.Unless(header.Kind == kind, "the kind is not the form's");
        ContractViolationException.Unless(Guid.TryParseExact(header.RecordId, "D", out var recordId), "the record id is not a UUID");
        ContractViolationException.Unless(header.Version > 0, "the version is not 1 or more");
        ContractViolationException.Unless(header.Hash.Length == 32, "the hash is not 32 bytes");
        ContractViolationException.Unless(header.State is RecordState.Active or RecordState.Retracted, "unknown state");
        ContractViolationException.Unless(header.Origin is DataOrigin.Prospective or DataOrigin.Retrospective, "unknown origin");
        ContractViolationException.Unless(header.Site.Length is 2 or 3 && header.Site.All(char.IsAsciiDigit), "the site's code is not one");

        CohortChange? change = null;
        if (fact is { } known)
        {
            var participant = ParticipantCode.Find(header.Participant, header.Site);
            ContractViolationException.Unless(participant is not null, "the participant's code is not one of the site's");
            change = new CohortChange(participant.Value, header.Site, recordId, header.Version, known);
        }
        else
        {
            ContractViolationException.Unless(
                header.Participant.Length == 0 || ParticipantCode.Find(header.Participant, header.Site) is not null, "the participant's code is not one of the site's");
        }

        return new RecordVersion(
            service, recordId, header.Version, kind, header.Participant, header.Site, header.Origin, header.State,
            Instant(header.SaveTime), header.Hash.ToByteArray(), record.ToByteArray(), isRedacted, change);
    }

    /// <summary>Reads an instant of this and the last century.</summary>
    /// <param name="instant">As it was sent.</param>
    /// <exception cref="ContractViolationException">There is none, or it lies elsewhere.</exception>
    public static DateTimeOffset Instant(Timestamp? instant)
    {
        // 1900-01-01 and 2200-01-01; beyond them the database would keep another instant than was sent.
        ContractViolationException.Unless(
            instant is { Seconds: >= -2_208_988_800 and < 7_258_118_400, Nanos: >= 0 and <= 999_999_999 }, "an instant is missing or out of range");

        // As the database keeps it: what is in memory and what is read from there must not differ.
        var exact = instant.ToDateTimeOffset();
        return exact.AddTicks(-(exact.UtcTicks % TimeSpan.TicksPerMicrosecond));
    }
}
