using System.Globalization;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

/// <summary>Groups written as statisticians do: "3 7+" is an event on day 3 and a censoring on day 7.</summary>
internal static class Groups
{
    public static EventTable Of(string subjects)
    {
        var counts = new DayCounts();
        foreach (var subject in subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            counts.Add(int.Parse(subject.TrimEnd('+'), CultureInfo.InvariantCulture), isEvent: !subject.EndsWith('+'));
        }

        return counts.ToTable();
    }
}
