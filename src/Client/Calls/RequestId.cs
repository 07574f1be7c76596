using Equecel.Records.V1;

namespace Equecel.Client.Calls;

/// <summary>The key by which the platform knows a request that is sent again.</summary>
internal static class RequestId
{
    /// <summary>Gives a submission or retraction that has no request id a new one, in the message itself.</summary>
    public static void Fill(object request)
    {
        switch (request)
        {
            case Enrolment.V1.SubmitRecordRequest submission:
                Fill(submission.Header ??= new());
                break;
            case Assessment.V1.SubmitRecordRequest submission:
                Fill(submission.Header ??= new());
                break;
            case Safety.V1.SubmitRecordRequest submission:
                Fill(submission.Header ??= new());
                break;
            case Questionnaire.V1.SubmitRecordRequest submission:
                Fill(submission.Header ??= new());
                break;
            case RetractRecordRequest { RequestId: "" } retraction:
                retraction.RequestId = New();
                break;
        }
    }

    /// <summary>Gives the header a new request id if it has none.</summary>
    public static void Fill(SubmissionHeader header)
    {
        if (header.RequestId.Length == 0)
        {
            header.RequestId = New();
        }
    }

    private static string New() => Guid.CreateVersion7().ToString();
}
