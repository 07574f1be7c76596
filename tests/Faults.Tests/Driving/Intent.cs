namespace Equecel.Faults.Tests.Driving;

/// <summary>What a sender may expect of a call, whatever faults there are meanwhile.</summary>
internal enum Expectation
{
    /// <summary>In the end it is saved.</summary>
    Saved,

    /// <summary>In the end it is refused.</summary>
    Refused,

    /// <summary>Others may have been faster.</summary>
    Either,
}

/// <summary>A save that a site system means to make.</summary>
/// <param name="Id">Its number in the history.</param>
/// <param name="Client">The client that sends it.</param>
/// <param name="Site">The client's site; empty for one of the study's own.</param>
/// <param name="Service">The capture service.</param>
/// <param name="Verb">Such as <c>submit</c>.</param>
/// <param name="RequestId">The request id, the same with every attempt.</param>
/// <param name="RecordId">The record that it changes; empty for a new one.</param>
/// <param name="ExpectedVersion">The version that it changes; 0 for a new record.</param>
/// <param name="Participant">The participant; empty for a form about a site.</param>
/// <param name="Content">Hash of the content that is sent; for a retraction, of the content that stays.</param>
/// <param name="Expectation">What is expected.</param>
internal sealed record Intent(
    long Id, string Client, string Site, string Service, string Verb, Guid RequestId, string RecordId, int ExpectedVersion, string Participant,
    string Content, Expectation Expectation)
{
    /// <summary>Whether it marks a record as entered in error.</summary>
    public bool Retracts => Verb == "retract";
}

/// <summary>How an attempt ended.</summary>
internal enum AnswerKind
{
    /// <summary>Without an answer that says whether it was saved.</summary>
    Unknown,

    /// <summary>It is saved.</summary>
    Acknowledged,

    /// <summary>It is refused.</summary>
    Refused,
}

/// <summary>The answer to an attempt.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Status">The status and the reason.</param>
/// <param name="RecordId">When acknowledged: the record.</param>
/// <param name="Version">When acknowledged: the version.</param>
internal sealed record Answer(AnswerKind Kind, string Status, string RecordId = "", int Version = 0)
{
    /// <summary>Whether it is UNAVAILABLE with the time after which to come again.</summary>
    public bool IsPushedBack { get; init; }
}
