using Equecel.Records.V1;
using Google.Protobuf.Reflection;

namespace Equecel.Cli.Common;

/// <summary>A service that takes forms, as its contract says. A new one is found by itself.</summary>
/// <param name="Name">Its name, such as <c>enrolment</c>.</param>
/// <param name="Descriptor">Its contract.</param>
internal sealed record CaptureService(string Name, ServiceDescriptor Descriptor)
{
    // What a form is checked against is saved by the services before.
    private static readonly string[] Order = ["enrolment", "assessment", "safety", "questionnaire"];

    /// <summary>All of them, in the order in which a study is sent.</summary>
    public static IReadOnlyList<CaptureService> All { get; } = Find();

    /// <summary>What its SubmitRecord takes.</summary>
    public MessageDescriptor Submission => Descriptor.FindMethodByName("SubmitRecord").InputType;

    /// <summary>The forms that can be sent to it, as fields of <see cref="Submission"/>, in the contract's order.</summary>
    public IReadOnlyList<FieldDescriptor> Forms => [.. Submission.Oneofs.Single(oneof => oneof.Name == "form").Fields];

    private static IReadOnlyList<CaptureService> Find() =>
    [
        .. typeof(SubmissionHeader).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null)).OfType<FileDescriptor>()
            .SelectMany(file => file.Services)
            .Where(service => service.FindMethodByName("ImportRecords") is not null)
            .Select(service => new CaptureService(service.File.Package.Split('.')[1], service))
            .OrderBy(service => Array.IndexOf(Order, service.Name) is >= 0 and var place ? place : Order.Length)
            .ThenBy(service => service.Name, StringComparer.Ordinal),
    ];
}
