using Equecel.Analytics.Datasets;
using Equecel.Common.V1;
using Equecel.DatasetJson;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Datasets;

public sealed class DatasetQuestionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_left_out_means_all_of_now_as_json()
    {
        var question = DatasetQuestion.Parse(new V1.ExportDatasetsRequest(), Now);

        Assert.Equal(DatasetList.All, question.Datasets);
        Assert.Equal(DatasetCarrier.Json, question.Carrier);
        Assert.Null(question.AsOf);
        Assert.Null(question.Cutoff);
    }

    [Fact]
    public void Every_field_at_fault_is_named_at_once()
    {
        var request = new V1.ExportDatasetsRequest
        {
            Datasets = { V1.Dataset.Adsl, V1.Dataset.Unspecified, V1.Dataset.Adsl, (V1.Dataset)99 },
            Format = (V1.DatasetFormat)9,
            Population = new() { Sites = { "01", "site" }, Origin = (DataOrigin)9 },
            AsOfTime = (Now + TimeSpan.FromSeconds(1)).ToTimestamp(),
            DataCutoffDate = "2026-02-30",
        };

        var error = Assert.Throws<RpcException>(() => DatasetQuestion.Parse(request, Now));

        Assert.Equal(
            ["datasets[1]", "datasets[2]", "datasets[3]", "format", "population.sites[1]", "population.origin", "as_of_time", "data_cutoff_date"],
            error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }
}
