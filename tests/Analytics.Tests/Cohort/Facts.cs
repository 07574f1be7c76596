using Equecel.Analytics.Cohort;
using Equecel.Common.V1;

namespace Equecel.Analytics.Tests.Cohort;

/// <summary>Facts written as words: <c>infusion 2024-01-15</c>, <c>death 2024-05 R</c> (retrospective), <c>-contact 2024-03-01</c> (retracted).</summary>
internal static class Facts
{
    public static RecordFact Parse(string text)
    {
        var words = text.TrimStart('-').Split(' ');
        return new RecordFact(
            Enum.Parse<RecordKind>(words[0], ignoreCase: true),
            words[^1] == "R" ? DataOrigin.Retrospective : DataOrigin.Prospective,
            isActive: text[0] != '-',
            words.Length > 1 ? PartialDate.Find(words[1]) : null);
    }
}
