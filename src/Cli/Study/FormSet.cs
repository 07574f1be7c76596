using Equecel.Cli.Common;
using Equecel.Common.V1;
using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.Cli.Study;

/// <summary>Gathers the forms of one participant, or of one site.</summary>
/// <param name="seed">The study's seed.</param>
/// <param name="subject">The participant or the site.</param>
/// <param name="participant">Code for the header; empty for a form about a site.</param>
/// <param name="origin">How the forms were recorded.</param>
internal sealed class FormSet(long seed, string subject, string participant, DataOrigin origin)
{
    private readonly List<StudyRow> rows = [];

    /// <summary>The forms, in the order in which they are sent to each service.</summary>
    public IReadOnlyList<StudyRow> Rows => rows;

    /// <summary>Adds a form for Enrolment.</summary>
    /// <param name="key">Names the form among the participant's.</param>
    /// <param name="request">The form, without a header.</param>
    /// <param name="wave">When it is sent.</param>
    /// <param name="missing">Fields that were left empty, and why.</param>
    /// <returns>Its request id, by which other rows name its record.</returns>
    public string Add(string key, Enrolment.V1.SubmitRecordRequest request, Wave wave = Wave.First, params IEnumerable<MissingValue> missing) =>
        Add("enrolment", wave, request.Header = Header(key, missing), request, $"{request.FormCase}");

    /// <summary>Adds a form for Assessment.</summary>
    /// <inheritdoc cref="Add(string, Enrolment.V1.SubmitRecordRequest, Wave, IEnumerable{MissingValue})"/>
    public string Add(string key, Assessment.V1.SubmitRecordRequest request, Wave wave = Wave.First, params IEnumerable<MissingValue> missing) =>
        Add("assessment", wave, request.Header = Header(key, missing), request, $"{request.FormCase}");

    /// <summary>Adds a form for Safety.</summary>
    /// <inheritdoc cref="Add(string, Enrolment.V1.SubmitRecordRequest, Wave, IEnumerable{MissingValue})"/>
    public string Add(string key, Safety.V1.SubmitRecordRequest request, Wave wave = Wave.First, params IEnumerable<MissingValue> missing) =>
        Add("safety", wave, request.Header = Header(key, missing), request, $"{request.FormCase}");

    /// <summary>Adds a form for Questionnaire.</summary>
    /// <inheritdoc cref="Add(string, Enrolment.V1.SubmitRecordRequest, Wave, IEnumerable{MissingValue})"/>
    public string Add(string key, Questionnaire.V1.SubmitRecordRequest request, Wave wave = Wave.First, params IEnumerable<MissingValue> missing) =>
        Add("questionnaire", wave, request.Header = Header(key, missing), request, $"{request.FormCase}");

    /// <summary>Adds a correction of a form that was added.</summary>
    /// <typeparam name="TRequest">Type of its request.</typeparam>
    /// <param name="key">Key of the form.</param>
    /// <param name="change">What is put right; it gets a copy.</param>
    /// <param name="reason">Why.</param>
    public void Amend<TRequest>(string key, Action<TRequest> change, string reason)
        where TRequest : class, IMessage<TRequest>
    {
        var id = RequestId(key);
        if (rows.FirstOrDefault(row => row.Header.RequestId == id) is not { Request: TRequest request } amended)
        {
            return;
        }

        var copy = request.Clone();
        change(copy);
        var header = (SubmissionHeader)copy.Descriptor.FindFieldByName("header").Accessor.GetValue(copy);
        (header.RequestId, header.RecordId, header.ExpectedVersion, header.Reason) = (RequestId($"{key} amended"), id, 1, reason);
        rows.Add(new(amended.Service, Wave.Amendment, header, copy, amended.Form));
    }

    /// <summary>Says that a field was left empty.</summary>
    public static MissingValue Empty(string field, MissingReason reason = MissingReason.NotDone) => new() { Field = field, Reason = reason };

    private string Add(string service, Wave wave, SubmissionHeader header, IMessage request, string form)
    {
        rows.Add(new(service, wave, header, request, form));
        return header.RequestId;
    }

    private SubmissionHeader Header(string key, IEnumerable<MissingValue> missing) =>
        new() { RequestId = RequestId(key), Participant = participant, Origin = origin, Missing = { missing } };

    // The same form always has the same id, so that the study can be sent any number of times.
    private string RequestId(string key) => NameBasedId.Of(FormattableString.Invariant($"equecel study 1\n{seed}\n{subject}\n{key}"));
}
