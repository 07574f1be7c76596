using System.Globalization;
using Equecel.Questionnaire.Qlq;
using static Equecel.Questionnaire.V1.QuestionnaireScores.Types;

namespace Equecel.Questionnaire.Tests.Qlq;

public sealed class QlqC30ScoreTests
{
    private static readonly string[] Columns =
        ["QL2", "PF2", "RF2", "EF", "CF", "SF", "FA", "NV", "PA", "DY", "SL", "AP", "CO", "DI", "FI", "SUMMARY"];

    [Fact]
    public void Every_row_of_the_vectors_is_scored_as_other_software_does()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "qlqc30.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(213, rows.Count);
        Assert.All(rows, row =>
        {
            var answers = row.Take(30).Index().Where(cell => cell.Item.Length > 0).ToDictionary(cell => cell.Index + 1, cell => int.Parse(cell.Item, CultureInfo.InvariantCulture));
            var scores = QlqC30Score.Compute(answers);
            Assert.Equal(Columns, scores.Select(score => $"{score.Name}".ToUpperInvariant()));
            foreach (var (expected, score) in row.Skip(30).Zip(scores))
            {
                if (expected.Length == 0)
                {
                    Assert.Null(score.Score);
                }
                else
                {
                    Assert.Equal(double.Parse(expected, CultureInfo.InvariantCulture), (double)score.Score!.Value, 1e-9);
                }
            }
        });
    }

    [Theory]
    [InlineData("1:2 3:2 5:4", Scale.Pf2, 44.4444, 3, 5)]
    [InlineData("1:2 3:2", Scale.Pf2, null, 2, 5)]
    [InlineData("10:2 18:1", Scale.Fa, 16.6667, 2, 3)]
    [InlineData("10:2", Scale.Fa, null, 1, 3)]
    [InlineData("29:2", Scale.Ql2, 16.6667, 1, 2)]
    [InlineData("21:1 22:4", Scale.Ef, 50.0, 2, 4)]
    [InlineData("", Scale.Dy, null, 0, 1)]
    public void A_scale_needs_half_of_its_items(string answers, Scale scale, double? expected, int answered, int items)
    {
        var score = QlqC30Score.Compute(Answers(answers)).Single(score => score.Name == scale);

        Assert.Equal((answered, items), (score.AnsweredCount, score.ItemCount));
        Assert.Equal(expected, score.Score is { } value ? Math.Round((double)value, 4) : null);
    }

    [Fact]
    public void The_summary_needs_its_thirteen_scales_and_neither_of_the_other_two()
    {
        var all = Enumerable.Range(1, 28).ToDictionary(item => item, _ => 1);
        all.Remove(28);
        Assert.Equal((100m, 13, 13), Summary(all));

        all.Remove(8);
        Assert.Equal((null, 12, 13), Summary(all));

        static (decimal?, int, int) Summary(Dictionary<int, int> answers) =>
            QlqC30Score.Compute(answers)[^1] is var score ? (score.Score, score.AnsweredCount, score.ItemCount) : default;
    }

    [Fact]
    public void Every_item_belongs_to_one_scale() =>
        Assert.Equal(Enumerable.Range(1, 30), QlqC30Scale.All.SelectMany(scale => scale.Items).Order());

    [Theory]
    [InlineData("3.0", true)]
    [InlineData("3", true)]
    [InlineData("2.0", false)]
    public void Only_version_3_is_scored(string version, bool isScored) => Assert.Equal(isScored, QlqC30Score.IsScored(version));

    private static Dictionary<int, int> Answers(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(answer => answer.Split(':')).ToDictionary(answer => int.Parse(answer[0], CultureInfo.InvariantCulture), answer => int.Parse(answer[1], CultureInfo.InvariantCulture));
}
