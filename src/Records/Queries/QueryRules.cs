using Equecel.Records.V1;
using Google.Protobuf.WellKnownTypes;
using static Equecel.Records.V1.DataQuery.Types;

namespace Equecel.Records.Queries;

/// <summary>What becomes of a participant's data queries as the findings of the records change. Pure functions.</summary>
internal static class QueryRules
{
    /// <summary>Kind of the records.</summary>
    public const string Kind = "data_query";

    /// <summary>
    /// Of each record, check and field there is one query; a monitor's own has no check. A check over several services is apart from
    /// one of this service, which may have the same code and field.
    /// </summary>
    public static string NaturalKey(DataQuery query) =>
        $"{Kind} {(query.AcrossServices ? "across " : "")}{(query.Code.Length > 0 ? query.Code : "monitor")} {query.Field} of {query.SubjectRecordId}";

    /// <summary>The queries that are to be saved so that those stored agree with what is asked; none when they do.</summary>
    /// <param name="asked">What the findings of the latest versions ask: subject, field, code and messages.</param>
    /// <param name="stored">The queries as they are stored.</param>
    /// <param name="retracted">UUIDs of the records that do not count.</param>
    /// <param name="now">The present instant.</param>
    public static IEnumerable<DataQuery> Wanting(
        IEnumerable<DataQuery> asked, IEnumerable<DataQuery> stored, IReadOnlySet<string> retracted, Timestamp now)
    {
        var wanted = asked.GroupBy(NaturalKey).ToDictionary(same => same.Key, Merged);
        var known = stored.ToDictionary(NaturalKey);
        return wanted.Select(query => known.TryGetValue(query.Key, out var before) ? Asked(before, query.Value, now) : Opened(query.Value, now))
            .Concat(known.Where(query => !wanted.ContainsKey(query.Key)).Select(query => NotAsked(query.Value, retracted)))
            .OfType<DataQuery>();
    }

    /// <summary>A question that is asked for the first time.</summary>
    public static DataQuery Opened(DataQuery asked, Timestamp now) => With(asked, query =>
    {
        query.State = State.Open;
        query.OpenTime = now;
    });

    /// <summary>A closed query that is asked again.</summary>
    public static DataQuery Reopened(DataQuery closed, Source source, Timestamp now) => With(closed, query =>
    {
        query.Source = source;
        query.State = State.Open;
        query.Closure = Closure.Unspecified;
        query.ReopenCount++;
        query.ReopenTime = now;
    });

    /// <summary>A query that is settled.</summary>
    public static DataQuery Closed(DataQuery query, Closure how) => With(query, next =>
    {
        next.State = State.Closed;
        next.Closure = how;
    });

    private static DataQuery? Asked(DataQuery before, DataQuery asked, Timestamp now)
    {
        var same = (before.Message, before.MessageZh) == (asked.Message, asked.MessageZh);
        if (same && (before.State != State.Closed || before.Closure == Closure.ByMonitor))
        {
            return null;
        }

        // What was answered was another question.
        var next = before.State == State.Closed ? Reopened(before, asked.Source, now) : With(before, query => query.State = State.Open);
        next.SubjectVersion = asked.SubjectVersion;
        next.Message = asked.Message;
        next.MessageZh = asked.MessageZh;
        return next;
    }

    private static DataQuery? NotAsked(DataQuery before, IReadOnlySet<string> retracted) =>
        before.State == State.Closed ? null
        : retracted.Contains(before.SubjectRecordId) ? Closed(before, Closure.RecordRetracted)
        : before.Source is Source.Check or Source.CrossCheck ? Closed(before, Closure.ByData)
        : null;

    /// <summary>What one check asks about one field several times is one question.</summary>
    private static DataQuery Merged(IEnumerable<DataQuery> same)
    {
        var all = same.DistinctBy(query => query.Message).ToList();
        return all.Count == 1 ? all[0] : With(all[0], query =>
        {
            query.Message = string.Join(' ', all.Select(each => each.Message));
            query.MessageZh = string.Concat(all.Select(each => each.MessageZh));
        });
    }

    private static DataQuery With(DataQuery query, Action<DataQuery> change)
    {
        var next = query.Clone();
        change(next);
        return next;
    }
}
