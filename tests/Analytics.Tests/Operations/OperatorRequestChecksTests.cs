using Equecel.Analytics.Operations;
using Equecel.Analytics.V1;

namespace Equecel.Analytics.Tests.Operations;

public sealed class OperatorRequestChecksTests
{
    [Theory]
    [InlineData(0, "", "")]
    [InlineData(501, "17", "")]
    [InlineData(-1, "", "page_size")]
    [InlineData(0, "-1", "page_token")]
    [InlineData(0, "9223372036854775808", "page_token")]
    [InlineData(-1, "x", "page_size, page_token")]
    public void A_page_is_asked_for_with_a_size_and_a_token_of_ours(int size, string token, string fields) =>
        Assert.Equal(fields, Fields(OperatorRequestChecks.Run(new ListParkedMessagesRequest { PageSize = size, PageToken = token })));

    [Theory]
    [InlineData("", "not protobuf", false, "")]
    [InlineData("3 4", "", false, "")]
    [InlineData("", "", true, "")]
    [InlineData("", "", false, "parked_ids")]
    [InlineData("3", "", true, "parked_ids")]
    [InlineData("3 0 -7", "", false, "parked_ids[1], parked_ids[2]")]
    [InlineData("", "not\0protobuf", false, "reason")]
    [InlineData("", "not\uFFFDprotobuf", false, "reason")]
    [InlineData("0", "\n", false, "parked_ids, parked_ids[0], reason")]
    public void A_replay_says_which_messages_in_one_way(string ids, string reason, bool all, string fields) => Assert.Equal(
        fields,
        Fields(OperatorRequestChecks.Run(new ReplayParkedMessagesRequest
        {
            ParkedIds = { ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, System.Globalization.CultureInfo.InvariantCulture)) },
            Reason = reason,
            All = all,
        })));

    [Theory]
    [InlineData(500, 200, "parked_ids")]
    [InlineData(501, 0, "parked_ids")]
    [InlineData(0, 200, "")]
    [InlineData(0, 201, "reason")]
    public void Lists_and_texts_have_a_bound(int idCount, int reasonLength, string fields) => Assert.Equal(
        fields,
        Fields(OperatorRequestChecks.Run(new ReplayParkedMessagesRequest { ParkedIds = { Enumerable.Range(1, idCount).Select(id => (long)id) }, Reason = new string('x', reasonLength) })));

    [Fact]
    public void Services_are_those_that_there_are() => Assert.Equal(
        "services[1], services[2]", Fields(OperatorRequestChecks.Run(new ReconcileRequest { Services = { "safety", "nobody", "" } }, ["enrolment", "safety"])));

    private static string Fields(IEnumerable<Google.Rpc.BadRequest.Types.FieldViolation> violations) => string.Join(", ", violations.Select(violation => violation.Field));
}
