using System.Text.Json;
using System.Text.Json.Nodes;

namespace Equecel.Faults.Tests.Checking;

/// <summary>Looks at the versions of each record, and at the current state beside them.</summary>
internal static class VersionChecks
{
    /// <summary>Finds gaps in the versions, two records where there may be one, and a current state that is not the last version.</summary>
    /// <param name="journal">All journals.</param>
    /// <param name="current">The current states.</param>
    /// <param name="formOf">The form of a row as JSON.</param>
    public static IEnumerable<string> Faults(IReadOnlyCollection<JournalRow> journal, IReadOnlyCollection<CurrentRow> current, Func<JournalRow, string> formOf)
    {
        var states = current.ToDictionary(row => (row.Service, row.RecordId));
        var count = 0;
        foreach (var record in journal.GroupBy(row => (row.Service, row.RecordId)))
        {
            count++;
            var versions = record.OrderBy(row => row.Version).ToList();
            if (!versions.Select(row => row.Version).SequenceEqual(Enumerable.Range(1, versions.Count)))
            {
                yield return $"record {record.Key} has the versions {string.Join(", ", versions.Select(row => row.Version))}";
            }

            if (versions.Select(row => (row.Kind, row.Participant, row.Site, row.Origin, row.NaturalKey)).Distinct().Count() > 1)
            {
                yield return $"record {record.Key} has changed what cannot change";
            }

            var last = versions[^1];
            if (!states.TryGetValue(record.Key, out var state))
            {
                yield return $"record {record.Key} has no current state";
            }
            else if (state.Version != last.Version || state.State != last.State || state.Participant != last.Participant || !state.Hash.AsSpan().SequenceEqual(last.Hash))
            {
                yield return $"the current state of record {record.Key} is version {state.Version}, and the journal's last is {last.Version}";
            }
            else if (!JsonNode.DeepEquals(JsonNode.Parse(state.Form), JsonNode.Parse(formOf(last))))
            {
                yield return $"the current form of record {record.Key} is not that of version {last.Version}";
            }
        }

        if (count != states.Count)
        {
            yield return $"the journals hold {count} records, and {states.Count} have a current state";
        }

        foreach (var twin in journal.Where(row => row is { Version: 1, NaturalKey: not null }).GroupBy(row => (row.Service, row.NaturalKey)).Where(group => group.Count() > 1))
        {
            yield return $"there are {twin.Count()} records of what there may be one of: {JsonSerializer.Serialize(twin.Key.NaturalKey)}";
        }
    }
}
