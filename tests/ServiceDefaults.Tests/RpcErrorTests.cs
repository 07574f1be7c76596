using Equecel.Common.V1;
using Google.Rpc;
using Grpc.Core;
using static Google.Rpc.BadRequest.Types;

namespace Equecel.ServiceDefaults.Tests;

public sealed class RpcErrorTests
{
    [Fact]
    public void Every_field_at_fault_is_in_the_details_and_the_first_in_the_message()
    {
        var error = RpcError.InvalidFields([new FieldViolation { Field = "a", Description = "Wrong." }, new FieldViolation { Field = "b", Description = "Also." }]);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("a: Wrong. (1 more in the details.)", error.Status.Detail);
        Assert.Equal(["a", "b"], error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }

    [Fact]
    public void More_fields_than_headers_can_carry_are_counted()
    {
        var error = RpcError.InvalidFields(Enumerable.Range(0, 5_000).Select(i => new FieldViolation { Field = $"list[{i}]", Description = new string('x', 10_000) }));

        Assert.InRange(error.Trailers.GetValueBytes("grpc-status-details-bin")!.Length, 5_000, 10_000);
        var told = error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Count;
        Assert.Equal($"list[0]: {new string('x', 591)}…", error.Status.Detail);
        Assert.InRange(told, 10, 20);
    }

    public static TheoryData<string, RpcException> Errors => new()
    {
        { "InvalidArgument INVALID_FIELDS", RpcError.InvalidField("a", "Wrong.") },
        { "Unauthenticated TOKEN_NOT_ACCEPTED", RpcError.TokenNotAccepted() },
        { "PermissionDenied SCOPE_MISSING scope=equecel.study", RpcError.ScopeMissing("equecel.study") },
        { "PermissionDenied OTHER_SITE site=01", RpcError.OtherSite("01") },
        { "NotFound RECORD_NOT_FOUND", RpcError.RecordNotFound("x") },
        { "AlreadyExists REQUEST_ID_REUSED", RpcError.RequestIdReused("x") },
        { "AlreadyExists RECORD_EXISTS current_version=3 record_id=x", RpcError.RecordExists("death of 01-0001", "x", 3) },
        { "FailedPrecondition SITE_UNKNOWN", RpcError.Precondition(ErrorReason.SiteUnknown, "01", "Unknown.") },
        { "Aborted VERSION_CONFLICT current_version=3", RpcError.VersionConflict("x", 3) },
        { "Unavailable DEPENDENCY_DOWN", RpcError.DependencyDown("It", TimeSpan.FromSeconds(1)) },
        { "ResourceExhausted RATE_LIMITED", RpcError.RateLimited(TimeSpan.FromSeconds(1)) },
        { "ResourceExhausted TOO_LARGE limit=1 byte", RpcError.TooLarge("It", "1 byte") },
        { "Internal DEFECT error_id=x", RpcError.Defect("x") },
        { "Unimplemented NOT_CALLABLE", RpcError.NotCallable("x") },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Every_error_has_its_status_its_reason_and_what_a_program_needs(string expected, RpcException error)
    {
        var info = error.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        var metadata = string.Concat(info.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $" {pair.Key}={pair.Value}"));

        Assert.Equal("equecel", info.Domain);
        Assert.Equal(expected, $"{error.StatusCode} {info.Reason}{metadata}");
        Assert.NotEmpty(error.Status.Detail);
    }

    [Fact]
    public void What_is_down_says_when_to_come_again_in_both_ways()
    {
        var error = RpcError.DependencyDown("It", TimeSpan.FromSeconds(1.5));

        Assert.Equal(TimeSpan.FromSeconds(1.5), error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan());
        Assert.Equal("1500", error.Trailers.GetValue("grpc-retry-pushback-ms"));
    }

    [Fact]
    public void Every_reason_has_a_name() =>
        Assert.All(Enum.GetValues<ErrorReason>(), reason => Assert.Matches("^[A-Z]+(_[A-Z]+)*$", RpcError.Name(reason)));
}
