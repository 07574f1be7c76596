using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.StudyRules;
using Google.Protobuf;

namespace Equecel.Records.Schedule;

/// <summary>A kind of form that is expected of every participant at visits.</summary>
/// <param name="Kind">Name of the kind: the form's field in the record.</param>
/// <param name="Visits">The visits at which it is expected; each has a window.</param>
/// <param name="Read">The visit that a form of the service belongs to; null when it is no form of this kind, nor one in its place.</param>
/// <param name="EndDate">The date after which it may not be collected of a participant; null while it may.</param>
public sealed record ScheduledForm(
    string Kind, IReadOnlyList<Visit> Visits, Func<IMessage, RecordedVisit?> Read, Func<ParticipantFacts, DateOnly?> EndDate);
