using Duende.IdentityServer.Models;

namespace Equecel.Identity;

/// <summary>What a token can allow, and the services to which each scope means something.</summary>
internal static class Scopes
{
    /// <summary>Send and read the records of one site. Only for that site's systems.</summary>
    public const string Capture = "equecel.capture";

    /// <summary>Read everything, and the study's endpoints.</summary>
    public const string Study = "equecel.study";

    /// <summary>Register sites, and send any other form of Enrolment for any site.</summary>
    public const string Manage = "equecel.manage";

    /// <summary>Follow the records of all sites and look participants up. Only for services.</summary>
    public const string Feed = "equecel.feed";

    /// <summary>Take away what a version of a record says. Only for who answers for personal data.</summary>
    public const string Redact = "equecel.redact";

    /// <summary>See how the platform runs, and mend it. Shows no record. Only for operators.</summary>
    public const string Operate = "equecel.operate";

    /// <summary>Every scope.</summary>
    public static readonly IReadOnlyList<ApiScope> All = [new(Capture), new(Study), new(Manage), new(Feed), new(Redact), new(Operate)];

    /// <summary>Every service that accepts tokens; its name is the audience.</summary>
    public static readonly IReadOnlyList<ApiResource> Resources =
    [
        new("enrolment") { Scopes = { Capture, Study, Manage, Feed, Redact, Operate } },
        new("assessment") { Scopes = { Capture, Study, Feed, Redact, Operate } },
        new("safety") { Scopes = { Capture, Study, Feed, Redact, Operate } },
        new("questionnaire") { Scopes = { Capture, Study, Feed, Redact, Operate } },
        new("analytics") { Scopes = { Study, Operate } },
    ];
}
