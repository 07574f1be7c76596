using System.Runtime.CompilerServices;
using Equecel.Cli.Common;
using Equecel.Client;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Equecel.Cli.Import;

/// <summary>Sends lines of JSON and gives a verdict for each, in order, also for those that are no forms.</summary>
internal static class ImportLines
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);

    /// <summary>Names of the services that take forms.</summary>
    public static IReadOnlyList<string> Services { get; } = [.. CaptureService.All.Select(service => service.Name)];

    /// <summary>Sends the lines.</summary>
    /// <param name="client">Who sends.</param>
    /// <param name="service">Who takes them.</param>
    /// <param name="input">The lines, UTF-8.</param>
    /// <param name="dryRun">Whether to check only.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Verdicts numbered by line.</returns>
    public static async IAsyncEnumerable<ImportVerdict> SendAsync(
        EquecelClient client, CaptureService service, Stream input, bool dryRun, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var order = new LineOrder();
        await foreach (var verdict in client.ImportAsync(service.Descriptor, ReadAsync(input, service.Submission, dryRun, order, cancellationToken), null, cancellationToken))
        {
            foreach (var refusal in order.TakeRefusals())
            {
                yield return refusal;
            }

            verdict.Row = order.TakeSentLine();
            yield return verdict;
        }

        foreach (var refusal in order.TakeRefusals())
        {
            yield return refusal;
        }
    }

    private static async IAsyncEnumerable<IMessage> ReadAsync(
        Stream input, MessageDescriptor submission, bool dryRun, LineOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var headerField = submission.FindFieldByName("header");
        using var lines = new StreamReader(input, leaveOpen: true);
        for (long line = 1; await lines.ReadLineAsync(cancellationToken) is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (Parse(text, submission, out var refusal) is not { } row)
            {
                refusal!.Row = line;
                order.AddRefusal(refusal);
                continue;
            }

            var header = (SubmissionHeader?)headerField.Accessor.GetValue(row) ?? new();
            header.ValidateOnly |= dryRun;
            header.RequestId = header.RequestId.Length > 0 ? header.RequestId : NameBasedId.Of($"{submission.FullName}\n{text}");
            headerField.Accessor.SetValue(row, header);
            order.AddSent(line);
            yield return row;
        }
    }

    private static IMessage? Parse(string text, MessageDescriptor submission, out ImportVerdict? refusal)
    {
        refusal = null;
        try
        {
            var row = Parser.Parse(text, submission);
            if (row.CalculateSize() <= LineRefusal.LargestRowBytes)
            {
                return row;
            }

            refusal = LineRefusal.TooLarge(row.CalculateSize());
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or FormatException or OverflowException or ArgumentException)
        {
            refusal = LineRefusal.NoForm(e.Message);
        }

        return null;
    }
}
