using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Tables;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Comparison;

/// <summary>What one participant adds to each row of each table but data quality, as named values: a table of the participant alone.</summary>
/// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
internal sealed class TableFacts(DateOnly? cutoff)
{
    /// <summary>What the names begin with.</summary>
    public const string Prefix = "table/";

    // How complete the data are depends on when that is asked, and is no fact of the participant.
    private readonly (string Prefix, TableQuestion Question)[] questions =
    [
        .. from topic in TopicList.All
           where !topic.NeedsHistory
           let request = new V1.GetTableRequest { Topic = topic.Name, DataCutoffDate = cutoff?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "" }
           select ($"{Prefix}{ContractNames.Of(V1.TableReflection.Descriptor, topic.Name)}", TableQuestion.Parse(request, DateTimeOffset.UnixEpoch)),
    ];

    /// <summary>The rows to which the participant adds something, by name.</summary>
    /// <param name="subject">The participant, by the same cut-off.</param>
    public IEnumerable<(string Fact, string Value)> Of(Subject subject)
    {
        foreach (var (prefix, question) in questions)
        {
            var pass = new TablePass(question, asked: null, CohortPosition.None);
            pass.Add(subject);
            foreach (var row in pass.Sheet.Rows)
            {
                yield return ($"{prefix}/{row.Definition.Key}", InWords(row.Cell(0), row.Definition.Measure));
            }
        }
    }

    private static string InWords(SheetCell cell, Measure measure) => measure switch
    {
        Measure.Proportion => cell.ParticipantCount > 0 ? "yes" : cell.KnownCount > 0 ? "no" : "",
        Measure.Count => cell.EventCount == 0 ? "" : Number(cell.EventCount),
        Measure.Rate => cell.ExposureDays == 0 ? "" : $"{Number(cell.EventCount)} in {Number(cell.ExposureDays)} days",
        Measure.ShareOfThings => cell.EventDenominator == 0 ? "" : $"{Number(cell.EventCount)} of {Number(cell.EventDenominator)}",
        _ => string.Join(", ", cell.Values.ToArray().Select(Number)),
    };

    private static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
