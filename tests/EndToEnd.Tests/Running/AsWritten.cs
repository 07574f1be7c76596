using Xunit.Abstractions;
using Xunit.Sdk;

namespace Equecel.EndToEnd.Tests.Running;

/// <summary>Runs the tests of a class in the order in which they are written.</summary>
public sealed class AsWritten : ITestCaseOrderer
{
    /// <summary>Its name, as the attribute wants it.</summary>
    public const string Name = "Equecel.EndToEnd.Tests.Running.AsWritten";

    /// <summary>The assembly that it is in.</summary>
    public const string Assembly = "Equecel.EndToEnd.Tests";

    public IEnumerable<TTestCase> OrderTestCases<TTestCase>(IEnumerable<TTestCase> testCases)
        where TTestCase : ITestCase =>
        testCases.OrderBy(testCase => testCase.TestMethod.Method.ToRuntimeMethod().MetadataToken);
}
