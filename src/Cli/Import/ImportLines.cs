using System.Runtime.CompilerServices;
using Equecel.Cli.Common;
using Equecel.Client;
using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.Cli.Import;

/// <summary>Sends lines of JSON and gives a verdict for each, in order, also for those that are no forms.</summary>
internal static class ImportLines
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);

    /// <summary>Names of the services that take forms.</summary>
    public static IReadOnlyList<string> Services { get; } = ["enrolment", "assessment", "safety", "questionnaire"];

    /// <summary>Sends the lines.</summary>
    /// <param name="client">Who sends.</param>
    /// <param name="service">One of <see cref="Services"/>.</param>
    /// <param name="input">The lines, UTF-8.</param>
    /// <param name="dryRun">Whether to check only.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Verdicts numbered by line.</returns>
    public static IAsyncEnumerable<ImportVerdict> SendAsync(
        EquecelClient client, string service, Stream input, bool dryRun, CancellationToken cancellationToken) =>
        service switch
        {
            "enrolment" => SendAsync<Enrolment.V1.SubmitRecordRequest>(
                input, dryRun, row => row.Header ??= new(), rows => client.ImportAsync(rows, null, cancellationToken), cancellationToken),
            "assessment" => SendAsync<Assessment.V1.SubmitRecordRequest>(
                input, dryRun, row => row.Header ??= new(), rows => client.ImportAsync(rows, null, cancellationToken), cancellationToken),
            "safety" => SendAsync<Safety.V1.SubmitRecordRequest>(
                input, dryRun, row => row.Header ??= new(), rows => client.ImportAsync(rows, null, cancellationToken), cancellationToken),
            _ => SendAsync<Questionnaire.V1.SubmitRecordRequest>(
                input, dryRun, row => row.Header ??= new(), rows => client.ImportAsync(rows, null, cancellationToken), cancellationToken),
        };

    private static async IAsyncEnumerable<ImportVerdict> SendAsync<TRow>(
        Stream input, bool dryRun, Func<TRow, SubmissionHeader> headerOf,
        Func<IAsyncEnumerable<TRow>, IAsyncEnumerable<ImportVerdict>> send, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRow : IMessage, new()
    {
        var order = new LineOrder();
        await foreach (var verdict in send(ReadAsync(input, dryRun, headerOf, order, cancellationToken)))
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

    private static async IAsyncEnumerable<TRow> ReadAsync<TRow>(
        Stream input, bool dryRun, Func<TRow, SubmissionHeader> headerOf, LineOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRow : IMessage, new()
    {
        using var lines = new StreamReader(input, leaveOpen: true);
        for (long line = 1; await lines.ReadLineAsync(cancellationToken) is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (Parse<TRow>(text, out var refusal) is not { } row)
            {
                refusal!.Row = line;
                order.AddRefusal(refusal);
                continue;
            }

            var header = headerOf(row);
            header.ValidateOnly |= dryRun;
            header.RequestId = header.RequestId.Length > 0 ? header.RequestId : NameBasedId.Of($"{row.Descriptor.FullName}\n{text}");
            order.AddSent(line);
            yield return row;
        }
    }

    private static TRow? Parse<TRow>(string text, out ImportVerdict? refusal)
        where TRow : IMessage, new()
    {
        refusal = null;
        try
        {
            var row = Parser.Parse<TRow>(text);
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

        return default;
    }
}
