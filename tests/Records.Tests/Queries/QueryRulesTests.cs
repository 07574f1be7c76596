using Equecel.Records.Queries;
using Equecel.Records.V1;
using Google.Protobuf.WellKnownTypes;
using static Equecel.Records.V1.DataQuery.Types;

namespace Equecel.Records.Tests.Queries;

/// <summary>Findings now, the query as it is stored, and the query that is to be saved.</summary>
public sealed class QueryRulesTests
{
    private static readonly Timestamp Then = Timestamp.FromDateTime(new DateTime(2024, 3, 1, 8, 0, 0, DateTimeKind.Utc));
    private static readonly Timestamp Now = Timestamp.FromDateTime(new DateTime(2024, 3, 9, 8, 0, 0, DateTimeKind.Utc));

    [Theory]
    // A query in short: source, state or closure, what it asks, how often it was opened again.
    [InlineData("low", "", "check open 'low' 0")]
    [InlineData("", "", "")]
    [InlineData("low", "check open 'low' 0", "")]
    [InlineData("low", "check answered 'low' 0", "")]
    [InlineData("", "check open 'low' 0", "check ByData 'low' 0")]
    [InlineData("", "check answered 'low' 0", "check ByData 'low' 0")]
    [InlineData("lower", "check open 'low' 0", "check open 'lower' 0")]
    [InlineData("lower", "check answered 'low' 0", "check open 'lower' 0")]
    [InlineData("low", "check ByData 'low' 0", "check open 'low' 1")]
    [InlineData("low", "check ByData 'low' 1", "check open 'low' 2")]
    [InlineData("", "check ByData 'low' 1", "")]
    [InlineData("low", "check ByMonitor 'low' 0", "")]
    [InlineData("lower", "check ByMonitor 'low' 0", "check open 'lower' 1")]
    [InlineData("", "check ByMonitor 'low' 0", "")]
    [InlineData("low", "check RecordRetracted 'low' 0", "check open 'low' 1")]
    [InlineData("retracted", "check open 'low' 0", "check RecordRetracted 'low' 0")]
    [InlineData("retracted", "check answered 'low' 0", "check RecordRetracted 'low' 0")]
    [InlineData("retracted", "check ByData 'low' 0", "")]
    // Who reopened a check's query asks, and alone closes it.
    [InlineData("", "monitor open 'low' 1", "")]
    [InlineData("", "monitor answered 'low' 1", "")]
    [InlineData("low", "monitor open 'low' 1", "")]
    [InlineData("lower", "monitor answered 'low' 1", "monitor open 'lower' 1")]
    [InlineData("lower", "monitor ByMonitor 'low' 1", "check open 'lower' 2")]
    [InlineData("retracted", "monitor open 'low' 1", "monitor RecordRetracted 'low' 1")]
    public void A_query_becomes_what_the_findings_ask(string finding, string stored, string expected)
    {
        var wanting = QueryRules.Wanting(
            finding is "" or "retracted" ? [] : [Asked(finding)],
            stored.Length == 0 ? [] : [Query(stored)],
            finding == "retracted" ? new HashSet<string> { "record" } : [],
            Now).ToList();

        Assert.Equal(expected, string.Join(", ", wanting.Select(Brief)));
    }

    [Fact]
    public void A_monitors_own_question_is_left_alone_while_its_record_counts()
    {
        var own = new DataQuery { SubjectRecordId = "record", Field = "height_cm", Message = "Sure?", Source = Source.Monitor, State = State.Open };

        Assert.Empty(QueryRules.Wanting([], [own], new HashSet<string>(), Now));
        // A check's about the same field is another one.
        Assert.Equal(["E05"], QueryRules.Wanting([Asked("low")], [own], new HashSet<string>(), Now).Select(query => query.Code));
    }

    [Fact]
    public void An_opened_query_says_when_and_one_opened_again_keeps_the_first_time()
    {
        var opened = Assert.Single(QueryRules.Wanting([Asked("low")], [], new HashSet<string>(), Then));
        var closed = Assert.Single(QueryRules.Wanting([], [opened], new HashSet<string>(), Now));
        var reopened = Assert.Single(QueryRules.Wanting([Asked("low", version: 3)], [closed], new HashSet<string>(), Now));

        Assert.Equal((Then, null, 1), (opened.OpenTime, opened.ReopenTime, opened.SubjectVersion));
        Assert.Equal((Then, Now, 3), (reopened.OpenTime, reopened.ReopenTime, reopened.SubjectVersion));
        Assert.Equal(Closure.Unspecified, reopened.Closure);
    }

    [Fact]
    public void What_one_check_says_twice_about_a_field_is_one_query()
    {
        var query = Assert.Single(QueryRules.Wanting([Asked("low"), Asked("odd"), Asked("low")], [], new HashSet<string>(), Now));
        Assert.Equal(("low odd", "zh lowzh odd"), (query.Message, query.MessageZh));
    }

    [Fact]
    public void Queries_of_other_records_fields_and_checks_are_apart()
    {
        var other = Asked("low");
        other.SubjectRecordId = "another";
        var field = Asked("low");
        field.Field = "body_mass_kg";
        var code = Asked("low");
        code.Code = "E06";
        var stored = Query("check open 'low' 0");

        Assert.Equal(
            ["data_query E05 height_cm of another", "data_query E05 body_mass_kg of record", "data_query E06 height_cm of record"],
            QueryRules.Wanting([Asked("low"), other, field, code], [stored], new HashSet<string>(), Now).Select(QueryRules.NaturalKey));
    }

    [Fact]
    public void A_check_over_several_services_is_apart_from_one_of_the_same_code_and_closed_by_data_as_well()
    {
        var across = Asked("low");
        across.Source = Source.CrossCheck;
        across.AcrossServices = true;
        var opened = Assert.Single(QueryRules.Wanting([across], [Query("check open 'low' 0")], new HashSet<string>(), Then), query => query.AcrossServices);

        Assert.Equal("data_query across E05 height_cm of record", QueryRules.NaturalKey(opened));
        var closed = Assert.Single(QueryRules.Wanting([], [opened], new HashSet<string>(), Now));
        Assert.Equal(Closure.ByData, closed.Closure);
        Assert.Equal(Source.CrossCheck, Assert.Single(QueryRules.Wanting([across], [closed], new HashSet<string>(), Now)).Source);
    }

    private static DataQuery Asked(string message, int version = 1) => new()
    {
        SubjectRecordId = "record",
        SubjectVersion = version,
        SubjectKind = "participation",
        Field = "height_cm",
        Code = "E05",
        Message = message,
        MessageZh = $"zh {message}",
        Source = Source.Check,
    };

    private static DataQuery Query(string brief)
    {
        var parts = brief.Split(' ');
        var query = Asked(parts[2].Trim('\''));
        query.Source = parts[0] == "check" ? Source.Check : Source.Monitor;
        query.State = parts[1] switch { "open" => State.Open, "answered" => State.Answered, _ => State.Closed };
        query.Closure = query.State == State.Closed ? System.Enum.Parse<Closure>(parts[1]) : Closure.Unspecified;
        query.ReopenCount = int.Parse(parts[3], null);
        query.OpenTime = Then;
        return query;
    }

    private static string Brief(DataQuery query) =>
        $"{(query.Source == Source.Check ? "check" : "monitor")} {(query.State == State.Closed ? query.Closure.ToString() : query.State == State.Open ? "open" : "answered")} '{query.Message}' {query.ReopenCount}";
}
