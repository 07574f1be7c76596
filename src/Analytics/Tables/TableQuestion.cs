using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Statistics;
using Equecel.ServiceDefaults;
using Google.Protobuf;

namespace Equecel.Analytics.Tables;

/// <summary>A question for a table whose every field is good, with the defaults filled in.</summary>
internal sealed record TableQuestion
{
    private TableQuestion()
    {
    }

    /// <summary>The request.</summary>
    public required V1.GetTableRequest Request { get; init; }

    /// <summary>Whom it is about.</summary>
    public required StudyPopulation Population { get; init; }

    /// <summary>Instant to answer as of, which a label stands for as well once it is found; null for now.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset AskTime { get; init; }

    /// <summary>Instant that the answer is about: the one to answer as of, or when it was asked.</summary>
    public DateTimeOffset Instant => AsOf ?? AskTime;

    /// <summary>Cut-off date; null for none.</summary>
    public required DateOnly? Cutoff { get; init; }

    /// <summary>The last day that counts: the one in China on which the instant falls, or the cut-off when that is earlier.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Instant.UtcDateTime.AddHours(8)) is var day && Cutoff < day ? Cutoff.Value : day;

    /// <summary>Level of the intervals.</summary>
    public required double Level { get; init; }

    /// <summary>How intervals of proportions are made.</summary>
    public required ProportionMethod Method { get; init; }

    /// <summary>Points of a QLQ-C30 scale that make a change.</summary>
    public double QlqC30Threshold => Request.QlqC30Threshold == 0 ? 10 : Request.QlqC30Threshold;

    /// <summary>Difference of the EQ-5D index that makes a change.</summary>
    public double Eq5dThreshold => Request.Eq5DThreshold == 0 ? 0.069 : Request.Eq5DThreshold;

    /// <summary>Days after the infusion up to which the onset of an adverse event counts.</summary>
    public int AdverseEventWindowDays => Request.AdverseEventWindowDays == 0 ? AdverseEventOnset.WindowDays : Request.AdverseEventWindowDays;

    /// <summary>The whole question as bytes: equal when it is asked again, of what ages by itself within the minute.</summary>
    public required ByteString Bytes { get; init; }

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    /// <param name="within">Path of the field that holds the request, with its dot; empty at the top.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT naming every field at fault.</exception>
    public static TableQuestion Parse(V1.GetTableRequest request, DateTimeOffset now, string within = "")
    {
        var violations = TableRequestChecks.Run(request, now).ToList();
        if (violations.Count > 0)
        {
            violations.ForEach(violation => violation.Field = within + violation.Field);
            throw RpcError.InvalidFields(violations);
        }

        return new TableQuestion
        {
            Request = request,
            Population = StudyPopulation.Of(request.Population),
            AsOf = request.AsOfTime?.ToDateTimeOffset(),
            AskTime = now,
            Cutoff = PartialDate.FindDay(request.DataCutoffDate),
            Level = request.ConfidenceLevel == 0 ? 0.95 : request.ConfidenceLevel,
            Method = request.ProportionInterval == V1.ProportionInterval.Wilson ? ProportionMethod.Wilson : ProportionMethod.ClopperPearson,
            Bytes = BytesOf(request, now),
        };
    }

    // How old data queries are, and which forms are due, changes without any change of the data.
    private static ByteString BytesOf(V1.GetTableRequest request, DateTimeOffset now) =>
        request.AsOfTime is null && request.Snapshot.Length == 0 && TopicList.Find(request.Topic)!.NeedsHistory
            ? ByteString.CopyFrom([.. request.ToByteArray(), 0, .. BitConverter.GetBytes(now.ToUnixTimeSeconds() / 60)])
            : request.ToByteString();
}
