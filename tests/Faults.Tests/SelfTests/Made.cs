using Equecel.Faults.Tests.Checking;
using Equecel.Faults.Tests.Driving;

namespace Equecel.Faults.Tests.SelfTests;

/// <summary>Rows and calls as short as a test wants them.</summary>
internal static class Made
{
    /// <summary>A record's id, from a number.</summary>
    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>A row of Enrolment's journal.</summary>
    /// <param name="record">Number of the record.</param>
    /// <param name="version">Its version.</param>
    /// <param name="request">Number of the request.</param>
    /// <param name="content">Its content, in a byte.</param>
    public static JournalRow Row(int record, int version, int request = 1, byte content = 1) => new()
    {
        Service = "enrolment",
        Xid = 10,
        Seq = version,
        RecordId = Id(record),
        Version = version,
        Kind = "follow_up",
        Participant = "01-0001",
        Site = "01",
        Origin = 1,
        State = 1,
        NaturalKey = null,
        Content = [content],
        Findings = [],
        Actor = "site-01",
        Client = "site-01",
        RequestId = Id(request),
        Reason = "",
        SaveTime = DateTime.UnixEpoch,
        Salt = [],
        ContentHash = [],
        PreviousHash = [],
        Hash = [(byte)version],
    };

    /// <summary>A call that creates record 1, with what was answered.</summary>
    public static History.Entry Call(Expectation expectation, params Answer[] answers)
    {
        var entry = new History.Entry(new Intent(1, "site-01", "01", "enrolment", "submit", Id(1), "", 0, "01-0001", "1", expectation)) { Attempts = answers.Length };
        entry.Answers.AddRange(answers);
        return entry;
    }

    /// <summary>The content of a row, as <see cref="Call"/> sends it.</summary>
    public static string ContentOf(JournalRow row) => $"{row.Content[0]}";

    /// <summary>That record 1 was saved.</summary>
    public static Answer Saved(int record = 1, int version = 1) => new(AnswerKind.Acknowledged, "OK", Id(record).ToString(), version);

    /// <summary>That it was refused.</summary>
    public static Answer Refused() => new(AnswerKind.Refused, "InvalidArgument");

    /// <summary>That there was no answer.</summary>
    public static Answer Nothing() => new(AnswerKind.Unknown, "Unavailable");
}
