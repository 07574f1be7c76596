namespace Equecel.Hostile.Tests.Running;

/// <summary>Makes calls that have nothing to do with each other, some at a time: one alone leaves the platform idle most of the time.</summary>
internal static class AtOnce
{
    private const int Callers = 4;

    /// <summary>Does something for each; the first failure ends it.</summary>
    public static Task EachAsync<T>(IEnumerable<T> all, Func<T, Task> call) => Parallel.ForEachAsync(
        all, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (one, _) => await call(one));
}
