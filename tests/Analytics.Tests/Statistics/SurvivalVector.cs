using System.Globalization;
using System.Text.Json;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

/// <summary>A data set with the numbers that R gives for it; see the README of the folder Vectors.</summary>
internal sealed class SurvivalVector
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Vectors");

    private readonly List<Subject> subjects;
    private readonly string id;

    private SurvivalVector(string id, int inputCount, List<Subject> subjects)
    {
        this.id = id;
        this.subjects = subjects;
        InputCount = inputCount;
        Expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, id, "expected.json"))).RootElement;
    }

    public JsonElement Expected { get; }

    public int InputCount { get; }

    public int MissingCount => InputCount - subjects.Count;

    public double Level => Expected.GetProperty("conf_level").GetDouble();

    /// <summary>The group levels in the order of R's factor; empty when the set has no groups.</summary>
    public IReadOnlyList<string> Groups =>
        [.. subjects.Select(subject => subject.Group).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    public IEnumerable<(string Name, EventTable Table, JsonElement Expected)> Strata =>
        Expected.GetProperty("strata").EnumerateArray().Select(stratum =>
        {
            var name = stratum.GetProperty("stratum").GetString()!;
            return (name, name == "all" ? Table(_ => true) : GroupTable(name["group=".Length..]), stratum);
        });

    public static IEnumerable<string> Ids(params string[] kinds) =>
        Csv("index.csv").Where(row => kinds.Contains(row["kind"])).Select(row => row["id"]);

    public static SurvivalVector Load(string id)
    {
        var rows = Csv(id, "input.csv");
        var complete = rows.Where(row => row.All(cell => cell.Key == "x" || cell.Value != ""));
        return new SurvivalVector(id, rows.Count, [.. complete.Select(Subject.Parse)]);
    }

    public IReadOnlyList<Dictionary<string, string>> Curve(string stratum, string file = "km.csv") =>
        [.. Csv(id, file).Where(row => row["stratum"] == stratum)];

    /// <summary>The subjects of a stratum of a set with competing events.</summary>
    public CompetingTable Competing(string stratum)
    {
        var chosen = Chosen(stratum);
        return CompetingTable.FromDays(
            [.. chosen.Select(subject => checked((int)subject.Time))],
            [.. chosen.Select(subject => subject.Outcome)]);
    }

    /// <summary>The times of the events of interest of a stratum.</summary>
    public double[] EventTimes(string stratum) =>
        [.. Chosen(stratum).Where(subject => subject.Outcome == CompetingOutcome.Event).Select(subject => subject.Time)];

    public EventTable GroupTable(string group) => Table(subject => subject.Group == group);

    /// <summary>One table for each value of the covariate x.</summary>
    public (EventTable[] Tables, double[] Values) ByCovariate()
    {
        var values = subjects.Select(subject => subject.X).OfType<double>().Distinct().ToArray();
        return ([.. values.Select(value => Table(subject => subject.X == value))], values);
    }

    public static double? Number(string cell) => cell == "NA" ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    private List<Subject> Chosen(string stratum) => [.. subjects.Where(subject => stratum == "all" || $"group={subject.Group}" == stratum)];

    private EventTable Table(Func<Subject, bool> where)
    {
        var chosen = subjects.Where(where).ToList();
        bool[] events = [.. chosen.Select(subject => subject.Outcome == CompetingOutcome.Event)];
        double[] times = [.. chosen.Select(subject => subject.Time)];
        if (chosen.Exists(subject => subject.Entry is not null || !double.IsInteger(subject.Time)))
        {
            return EventTable.FromTimes(times, events, [.. chosen.Select(subject => subject.Entry).OfType<double>()]);
        }

        var table = EventTable.FromDays([.. times.Select(time => (int)time)], events);
        Assert.Equal(EventTable.FromTimes(times, events).Rows, table.Rows);
        return table;
    }

    /// <summary>The rows of a file of the folder Vectors.</summary>
    public static List<Dictionary<string, string>> Csv(params string[] path)
    {
        var lines = File.ReadAllLines(Path.Combine([Folder, .. path]));
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    private sealed record Subject(double? Entry, double Time, CompetingOutcome Outcome, string? Group, double? X)
    {
        public static Subject Parse(Dictionary<string, string> row) => new(
            Cell(row, "entry"),
            Cell(row, "time")!.Value,
            Enum.Parse<CompetingOutcome>(row["status"]),
            row.GetValueOrDefault("group"),
            Cell(row, "x"));

        private static double? Cell(Dictionary<string, string> row, string column) =>
            row.TryGetValue(column, out var text) && text != "" ? double.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}
