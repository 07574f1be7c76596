namespace Equecel.Client;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">Path of the field, such as <c>infusion.batch_number</c>.</param>
/// <param name="Code">Stable code of the check, such as <c>E05</c>; empty when there is none.</param>
/// <param name="Message">What is wrong, in English.</param>
/// <param name="LocalMessage">The same in another language, Chinese as the platform sends it; empty when there is none.</param>
public sealed record FieldProblem(string Field, string Code, string Message, string LocalMessage);
