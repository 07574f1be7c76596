using System.Globalization;
using System.Xml.Linq;
using Equecel.Analytics.Tables;
using Equecel.Common.V1;
using static Equecel.Analytics.Report.Markup.Html;

namespace Equecel.Analytics.Report.Parts;

/// <summary>Says under a result how it was made, of whom, and from which data.</summary>
internal static class SourceLines
{
    /// <summary>Writes them.</summary>
    /// <param name="source">How it was made.</param>
    /// <param name="words">The language.</param>
    public static IEnumerable<XElement> Write(Source source, Wording words)
    {
        yield return Element("p", Class("method"), Element("b", words.Of("Method. ", "方法：")), source.Method, words.Of(".", "。"));
        yield return Element("p", Class("method"), Element("b", words.Of("Data. ", "数据：")), $"{Whom(source, words)}{words.Of(" ", "")}{When(source, words)}");
    }

    /// <summary>Whom an answer is about, as a sentence.</summary>
    /// <param name="source">How it was made.</param>
    /// <param name="words">The language.</param>
    public static string Whom(Source source, Wording words)
    {
        var origin = source.Population?.Origin switch
        {
            DataOrigin.Prospective => words.Of("prospective ", "前瞻性"),
            DataOrigin.Retrospective => words.Of("retrospective ", "回顾性"),
            _ => "",
        };
        var sites = source.Population is { Sites.Count: > 0 } population
            ? words.Of($" of sites {words.List(population.Sites)}", $"（中心{words.List(population.Sites)}）")
            : words.Of(" of all sites", "（全部中心）");
        var subgroups = string.Concat((source.Population?.Subgroups ?? []).Select(one => Groups.Of(one.Grouping).First(group => group.Key == one.Key))
            .Select(group => words.Of($", {group.Label}", $"，{group.LabelZh}")));
        var left = source.Exclusions.Select(one => words.Of($"{Numerals.Count(one.ParticipantCount)} {one.Reason}", $"{words.Reason(one.Reason)}{Numerals.Count(one.ParticipantCount)}例")).ToList();
        var leftOut = left.Count == 0 ? words.Of("none left out", "无排除") : words.Of($"left out: {words.List(left)}", $"排除：{words.List(left)}");
        return words.Of(
            $"{Numerals.Count(source.ParticipantCount)} {origin}participants{sites}{subgroups}; {leftOut}.",
            $"{origin}受试者{Numerals.Count(source.ParticipantCount)}例{sites}{subgroups}；{leftOut}。");
    }

    /// <summary>The data of an answer, as a sentence.</summary>
    /// <param name="source">How it was made.</param>
    /// <param name="words">The language.</param>
    public static string When(Source source, Wording words)
    {
        var cutoff = source.DataCutoffDate.Length == 0
            ? words.Of("no cut-off date", "无数据截止日")
            : words.Of($"nothing after {source.DataCutoffDate} used", $"数据截止日{source.DataCutoffDate}");
        var newest = source.Position.NewestSaveTime is { } saved
            ? words.Of($", the newest saved at {Instant(saved.ToDateTimeOffset())}", $"，最新保存于{Instant(saved.ToDateTimeOffset())}")
            : "";
        return words.Of(
            $"As known at {Instant(source.Position.AsOfTime.ToDateTimeOffset())}; {cutoff}; from {Numerals.Count(source.Position.VersionCount)} versions of records{newest}.",
            $"平台截至{Instant(source.Position.AsOfTime.ToDateTimeOffset())}所知；{cutoff}；来自{Numerals.Count(source.Position.VersionCount)}个记录版本{newest}。");
    }

    /// <summary>An instant in UTC, as it can be asked for again.</summary>
    /// <param name="instant">The instant.</param>
    public static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
