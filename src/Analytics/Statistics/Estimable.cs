namespace Equecel.Analytics.Statistics;

/// <summary>A statistic, or the reason why there is none. Never NaN, and never 0 for "not estimable".</summary>
/// <typeparam name="T">The statistic.</typeparam>
internal readonly record struct Estimable<T>
    where T : struct
{
    private readonly NotEstimable reason;

    private Estimable(T? value, NotEstimable reason) => (Value, this.reason) = (value, reason);

    /// <summary>The statistic; null when not estimable.</summary>
    public T? Value { get; }

    /// <summary>Why there is none; null when there is one.</summary>
    public NotEstimable? Reason => Value is null ? reason : null;

    /// <summary>What could be estimated.</summary>
    /// <param name="value">The statistic.</param>
    public static implicit operator Estimable<T>(T value) => new(value, default);

    /// <summary>What could not.</summary>
    /// <param name="reason">Why.</param>
    public static implicit operator Estimable<T>(NotEstimable reason) => new(null, reason);
}
