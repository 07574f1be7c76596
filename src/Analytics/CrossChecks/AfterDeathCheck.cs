using Equecel.Analytics.Dossiers;
using Equecel.Safety.V1;

namespace Equecel.Analytics.CrossChecks;

/// <summary>E25: a record of another service is dated after the death that Safety holds. Safety refuses its own.</summary>
internal static class AfterDeathCheck
{
    /// <summary>Finds the records; of each the first date is asked about.</summary>
    /// <param name="dossier">The participant.</param>
    public static IEnumerable<CrossCheck> Run(Dossier dossier)
    {
        if (dossier.Find<Death>() is not { } death || DaySpan.Find(death.DeathDate) is not { Latest: var lastDay })
        {
            yield break;
        }

        foreach (var record in dossier.Records)
        {
            if (DatedFields.Of(record.Form).Where(date => date.Day > lastDay).Select(date => date.Field).FirstOrDefault() is { } field)
            {
                yield return new CrossCheck(record, field, "E25", "Record is dated after death.", "记录日期晚于死亡日期。");
            }
        }
    }
}
