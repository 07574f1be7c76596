using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.Cli.Study;

/// <summary>A form to be sent. Where it names another record it has that record's request id until the record has an id.</summary>
/// <param name="Service">Service that takes it, such as <c>safety</c>.</param>
/// <param name="Wave">When it is sent: after all rows of its participant with a lower number were answered.</param>
/// <param name="Header">Its header, which is part of <paramref name="Request"/>.</param>
/// <param name="Request">The request.</param>
/// <param name="Form">Name of the form.</param>
internal sealed record StudyRow(string Service, Wave Wave, SubmissionHeader Header, IMessage Request, string Form);
