using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Equecel.Hostile.Tests.Requests;
using Equecel.Records.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Running;

/// <summary>A platform with sites that are attacked, and Identity's own key, with which any token can be made.</summary>
public class HostilePlatform : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        // The attacks come from one client; they must reach what they attack.
        ["Gateway__CallsPerSecond"] = "100000",
        ["Gateway__RefusalsPerSecond"] = "100000",
    };

    private readonly Dictionary<string, Entrance> entrances = [];
    private readonly Dictionary<string, Subject> subjects = [];

    /// <summary>Environment variables beside those of every attacked platform.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> MoreEnvironment => [];

    internal Platform Platform { get; private set; } = null!;

    internal TokenMaker Tokens { get; private set; } = null!;

    internal Watch Watch { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Platform = await Platform.StartAsync(new Dictionary<string, string>(Environment.Concat(MoreEnvironment)));
        // Identity has made its key once it has given a token.
        await Platform.TokenAsync("study-team");
        Tokens = KeyOfIdentity();
        entrances["gateway"] = new Entrance(Platform.Gateway);
        foreach (var service in Rpc.Services)
        {
            entrances[service] = new Entrance(await Platform.AddressAsync(service, "grpc"));
        }

        Watch = await Watch.BeginAsync(this);
    }

    public async Task DisposeAsync()
    {
        foreach (var entrance in entrances.Values)
        {
            entrance.Dispose();
        }

        await Platform.DisposeAsync();
    }

    /// <summary>The way to a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="direct">Whether past the gateway.</param>
    internal Entrance To(string service, bool direct) => entrances[direct ? service : "gateway"];

    internal Entrance To(Rpc rpc, bool direct) => To(rpc.Service, direct);

    /// <summary>A token, good for every service, with a scope and what else is wanted.</summary>
    internal string Token(string scope, string? site = null, Action<JsonObject>? change = null) => Tokens.Token(claims =>
    {
        claims["aud"] = new JsonArray([.. Rpc.Services.Select(service => JsonValue.Create(service))]);
        claims["client_id"] = site is null ? "hostile" : $"site-{site}";
        claims["scope"] = new JsonArray(scope);
        claims.Remove("site");
        if (site is not null)
        {
            claims["site"] = site;
        }

        change?.Invoke(claims);
    });

    /// <summary>The token of a site's own system.</summary>
    internal string SiteToken(string site) => Token("equecel.capture", site);

    /// <summary>A site with a record of every form there is, and a data query in every service that has any, made when it is first asked for.</summary>
    internal async Task<Subject> SubjectAsync(string site)
    {
        if (!subjects.TryGetValue(site, out var subject))
        {
            subject = new Subject(site);
            await FillAsync(subject);
            await AskAsync(subject);
            subjects[site] = subject;
        }

        return subject;
    }

    /// <summary>Submits a form past the gateway, as its site's own system.</summary>
    internal Task<Outcome> SubmitAsync(Rpc rpc, string site, IMessage submission) =>
        To(rpc, direct: true).CallAsync(rpc, SiteToken(site), submission.ToByteArray());

    private async Task FillAsync(Subject subject)
    {
        var waiting = Rpc.All.Where(rpc => rpc.TakesForms && !rpc.TakesStream)
            .SelectMany(rpc => Submissions.Forms(rpc.Request).Select(form => (Rpc: rpc, Form: form))).ToList();
        while (waiting.Count > 0)
        {
            var left = new List<(Rpc, Google.Protobuf.Reflection.FieldDescriptor)>();
            var refusals = new List<string>();
            foreach (var (rpc, form) in waiting)
            {
                var submission = Submissions.New(rpc.Request);
                form.Accessor.SetValue(submission, Submissions.New(form.MessageType));
                rpc.Request.FindFieldByName("header").Accessor.SetValue(submission, new SubmissionHeader { ValidateOnly = true });
                var finder = new FormFinder(subject, sent => SubmitAsync(rpc, subject.Site, sent));
                Outcome outcome;
                try
                {
                    outcome = await finder.CompleteAsync(submission);
                }
                catch (InvalidOperationException e)
                {
                    // It may need a link to one that comes later.
                    left.Add((rpc, form));
                    refusals.Add(e.Message);
                    continue;
                }

                if (outcome.Code == StatusCode.OK)
                {
                    await finder.FillAsync(submission);
                    Submissions.HeaderOf(submission).ValidateOnly = false;
                    outcome = await SubmitAsync(rpc, subject.Site, submission);
                }

                if (outcome.Code == StatusCode.OK)
                {
                    subject.Add(new Sample(rpc.Service, submission, HeaderOf(rpc, outcome)));
                }
                else
                {
                    // It may need another that comes later: the site, or the participation.
                    left.Add((rpc, form));
                    refusals.Add($"{rpc} {form.Name}: {outcome}");
                }
            }

            waiting = left.Count < waiting.Count
                ? left
                : throw new InvalidOperationException($"These forms were refused by what is known: {string.Join("; ", refusals)}");
        }
    }

    private async Task AskAsync(Subject subject)
    {
        foreach (var rpc in Rpc.All.Where(rpc => rpc.Request == OpenQueryRequest.Descriptor))
        {
            var sample = subject.Samples.First(sample => sample.Service == rpc.Service && sample.Record.Participant.Length > 0);
            var outcome = await To(rpc, direct: true).CallAsync(rpc, Token(rpc.Access!.Scope), RequestMaker.Question(sample).ToByteArray());
            Assert.True(outcome.Code == StatusCode.OK, $"{rpc}: {outcome}");
            subject.AddQuery(rpc.Service, HeaderOf(rpc, outcome));
        }
    }

    /// <summary>The header of the record that a call has answered with.</summary>
    internal static RecordHeader HeaderOf(Rpc rpc, Outcome outcome)
    {
        Assert.True(outcome.Code == StatusCode.OK, $"{outcome}");
        var record = rpc.Method.OutputType.Parser.ParseFrom(outcome.Messages[0]);
        return (RecordHeader)record.Descriptor.FindFieldByName("header").Accessor.GetValue(record);
    }

    private TokenMaker KeyOfIdentity()
    {
        var file = new DirectoryInfo(Platform.KeyFolder).GetFiles("*.json").OrderBy(known => known.LastWriteTimeUtc).Last();
        var key = JsonNode.Parse(File.ReadAllText(file.FullName))!;
        var pair = RSA.Create();
        pair.ImportPkcs8PrivateKey(Convert.FromBase64String((string)key["Pkcs8"]!), out _);
        return new TokenMaker(pair, (string)key["Id"]!);
    }
}

[CollectionDefinition(Name)]
public sealed class Attacked : ICollectionFixture<HostilePlatform>
{
    public const string Name = "A platform under attack";
}
