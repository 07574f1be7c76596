using Equecel.Analytics.CrossChecks;
using Equecel.Analytics.Dossiers;
using Equecel.Common.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Tests.CrossChecks;

/// <summary>What is asked about a participant who has some forms, in short: code, kind of form and field.</summary>
internal static class Person
{
    /// <summary>A participant with forms, each a record of the service that its kind belongs to.</summary>
    public static Dossier With(params IEnumerable<IMessage> forms) => new("01-0001", "01", [.. forms.Select((form, i) => new DossierRecord(
        ServiceOf(form), form.Descriptor.Name, Guid.CreateVersion7(), Version: i + 1, DataOrigin.Prospective, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), form))]);

    /// <summary>Everything that is asked.</summary>
    public static string Asked(params IEnumerable<IMessage> forms) =>
        string.Join(", ", CrossCheckRules.Run(With(forms)).Select(check => $"{check.Code} {check.Record.Kind}.{check.Field}"));

    // equecel.safety.v1
    private static string ServiceOf(IMessage form) => form.Descriptor.File.Package.Split('.')[1];
}
