using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace Equecel.Client.Tests;

public sealed class RpcProblemTests
{
    [Fact]
    public void Every_field_is_told_in_both_languages()
    {
        var failure = new Status
        {
            Code = (int)StatusCode.InvalidArgument,
            Message = "2 fields are wrong.",
            Details =
            {
                Any.Pack(new ErrorInfo { Domain = "equecel", Reason = "INVALID_FIELDS" }),
                Any.Pack(new BadRequest
                {
                    FieldViolations =
                    {
                        new BadRequest.Types.FieldViolation
                        {
                            Field = "infusion.end_time",
                            Reason = "E20",
                            Description = "Infusion end is before start.",
                            LocalizedMessage = new() { Locale = "zh-CN", Message = "回输结束时间早于开始时间。" },
                        },
                        new BadRequest.Types.FieldViolation { Field = "infusion.setting", Description = "Required." },
                    },
                }),
            },
        }.ToRpcException();

        Assert.Equal(
            [
                "2 fields are wrong. (INVALID_FIELDS)",
                "infusion.end_time: Infusion end is before start. / 回输结束时间早于开始时间。",
                "infusion.setting: Required.",
            ],
            RpcProblem.Of(failure).Lines());
    }

    [Fact]
    public void A_conflict_tells_the_current_version()
    {
        var failure = new Status
        {
            Code = (int)StatusCode.Aborted,
            Message = "Another version was saved first.",
            Details = { Any.Pack(new ErrorInfo { Reason = "VERSION_CONFLICT", Metadata = { ["current_version"] = "3" } }) },
        }.ToRpcException();

        Assert.Equal("3", RpcProblem.Of(failure).Metadata["current_version"]);
    }

    [Fact]
    public void A_failure_without_details_is_its_message()
    {
        var problem = RpcProblem.Of(new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "Nobody is there.")));

        Assert.Equal(["Nobody is there."], problem.Lines());
        Assert.Equal("", problem.Reason);
        Assert.Null(problem.RetryDelay);
    }
}
