using Equecel.EndToEnd.Tests.Running;

namespace Equecel.EndToEnd.Tests;

/// <summary>Tokens that Identity would not make.</summary>
[Collection(SharedStudy.Name)]
public sealed class TokenTests(StudyPlatform study)
{
    [Theory]
    [InlineData("equecel.nonsense")]
    [InlineData("equecel.study")]
    [InlineData("equecel.capture equecel.feed")]
    public async Task A_scope_that_is_unknown_or_not_granted_gets_no_token(string scope)
    {
        var (status, answer) = await study.Platform.AskTokenAsync("site-01", scope);

        Assert.Equal(400, status);
        Assert.Equal("invalid_scope", (string)answer["error"]!);
        Assert.Null(answer["access_token"]);
    }
}
