using Equecel.Analytics.Tables;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Tests.Tables;

public sealed class TableQuestionTests
{
    private static readonly DateTimeOffset Asked = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(V1.Topic.BestResponse, "", "", 1440, true)]
    [InlineData(V1.Topic.DataQuality, "", "", 0, true)]
    [InlineData(V1.Topic.DataQuality, "", "", 1, false)]
    [InlineData(V1.Topic.DataQuality, "", "", 1440, false)]
    [InlineData(V1.Topic.DataQuality, "2025-12-01T00:00:00Z", "", 1440, true)]
    [InlineData(V1.Topic.DataQuality, "", "interim-1", 1440, true)]
    public void The_quality_of_the_data_now_is_another_question_a_minute_later(V1.Topic topic, string asOf, string snapshot, int minutes, bool isSame)
    {
        var request = new V1.GetTableRequest
        {
            Topic = topic,
            Snapshot = snapshot,
            AsOfTime = asOf.Length == 0 ? null : DateTimeOffset.Parse(asOf, System.Globalization.CultureInfo.InvariantCulture).ToTimestamp(),
        };

        Assert.Equal(isSame, TableQuestion.Parse(request, Asked).Bytes == TableQuestion.Parse(request, Asked.AddMinutes(minutes)).Bytes);
    }
}
