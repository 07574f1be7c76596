using System.Text.Json.Nodes;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;

namespace Equecel.EndToEnd.Tests.Running;

/// <summary>A platform to which the demo was sent, and a participant of site 01 that the study's result leaves out.</summary>
public sealed class StudyPlatform : IAsyncLifetime
{
    /// <summary>A participant of site 01, prospective, born in May 1950 and never infused.</summary>
    public const string Participant = "01-9001";

    internal Platform Platform { get; private set; } = null!;

    internal CommandRun Demo { get; private set; } = null!;

    internal JsonNode DemoResult { get; private set; } = null!;

    internal EnrolmentRecord Participation { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Platform = await Platform.StartAsync();
        Demo = await CommandLine.RunAsync(Platform, "demo", "--json", "--secrets", Platform.SecretsFile);
        DemoResult = JsonNode.Parse(Demo.Output.Length > 0 ? Demo.Output : throw new InvalidOperationException($"{Demo}\n{Platform.Log}"))!;
        using var site = Platform.Client("site-01");
        Participation = await site.Enrolment.SubmitRecordAsync(new()
        {
            Header = new() { RequestId = Guid.NewGuid().ToString(), Participant = Participant, Origin = DataOrigin.Prospective },
            Participation = ParticipationForm(),
        });
    }

    public async Task DisposeAsync() => await Platform.DisposeAsync();

    internal static Participation ParticipationForm() => new()
    {
        ConsentType = Enrolment.V1.Participation.Types.ConsentType.Written,
        ConsentVersion = "1.0",
        ConsentDate = "2025-03-01",
        EnrolmentDate = "2025-03-02",
        BirthYearMonth = "1950-05",
        Sex = Enrolment.V1.Participation.Types.Sex.Female,
        HeightCm = 160,
        BodyMassKg = 60,
        Ecog = 1,
    };

    /// <summary>Address of a service, through the gateway or past it.</summary>
    internal async Task<Uri> AddressAsync(string service, bool direct) => direct ? await Platform.AddressAsync(service, "grpc") : Platform.Gateway;
}

[CollectionDefinition(Name)]
public sealed class SharedStudy : ICollectionFixture<StudyPlatform>
{
    public const string Name = "A study";
}
