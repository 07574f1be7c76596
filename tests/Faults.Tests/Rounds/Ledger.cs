using System.Globalization;
using System.Text.Json;

namespace Equecel.Faults.Tests.Rounds;

/// <summary>A file to which each round adds a line, and the sum of those that this run added.</summary>
/// <param name="folder">The folder that it lies in.</param>
internal sealed class Ledger(string folder)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<RoundResult> rounds = [];

    /// <summary>The file.</summary>
    public string File { get; } = Path.Combine(folder, "ledger.jsonl");

    /// <summary>Violations of this run.</summary>
    public int ViolationCount => rounds.Sum(round => round.Violations.Count);

    /// <summary>Adds a round.</summary>
    public void Add(RoundResult round)
    {
        Directory.CreateDirectory(folder);
        rounds.Add(round);
        System.IO.File.AppendAllText(File, JsonSerializer.Serialize(new { At = DateTimeOffset.UtcNow, Round = round }, Json) + Environment.NewLine);
    }

    /// <summary>Sums this run up.</summary>
    public IEnumerable<string> Summary()
    {
        if (rounds.Count == 0)
        {
            yield return "No round has come to its end.";
            yield break;
        }

        yield return Line($"rounds                {rounds.Count}");
        yield return Line($"seeds                 {string.Join(' ', rounds.Select(round => round.Seed))}");
        yield return Line($"processes killed      {rounds.Sum(round => round.Kills)}");
        yield return Line($"saves acknowledged    {rounds.Sum(round => round.Acknowledged)}, in {rounds.Sum(round => round.Attempts)} attempts");
        yield return "faults that happened, by kind";
        foreach (var kind in rounds.SelectMany(round => round.Kinds).GroupBy(kind => kind.Key).OrderByDescending(kind => kind.Sum(count => count.Value)))
        {
            yield return Line($"  {kind.Key,-20}{kind.Sum(count => count.Value)}");
        }

        var absent = rounds.SelectMany(round => round.Missed.Concat(round.Hindered)).CountBy(fault => fault).OrderByDescending(fault => fault.Value).ToList();
        yield return Line($"faults that did not happen, and are not counted  {absent.Sum(fault => fault.Value)}");
        foreach (var (fault, count) in absent)
        {
            yield return Line($"  {count,-4}{fault}");
        }

        yield return "worst recovery, in seconds from the end of the last fault";
        yield return Line($"  all parts answer    {rounds.Max(round => round.Healed):0.0}");
        yield return Line($"  no call waits       {rounds.Max(round => round.Answered):0.0}");
        yield return Line($"  analytics has all   {rounds.Max(round => round.Drained):0.0}");
        yield return Line($"violations            {ViolationCount}");
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
