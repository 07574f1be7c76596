namespace Equecel.Analytics.Statistics;

/// <summary>A fitted Cox model with one covariate.</summary>
/// <param name="Coefficient">Change of the log hazard per unit of the covariate.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="ScoreChiSquare">Score test of no effect, one degree of freedom.</param>
/// <param name="NullLogLikelihood">Log partial likelihood without effect.</param>
/// <param name="LogLikelihood">Log partial likelihood at the coefficient.</param>
/// <param name="Interval">The level of the limits of the hazard ratio.</param>
internal readonly record struct CoxFit(
    double Coefficient,
    double StandardError,
    double ScoreChiSquare,
    double NullLogLikelihood,
    double LogLikelihood,
    ConfidenceInterval Interval)
{
    /// <summary>Ratio of hazards per unit of the covariate.</summary>
    public double HazardRatio => Math.Exp(Coefficient);

    /// <summary>Lower limit of the hazard ratio.</summary>
    public double Lower => Math.Exp(Coefficient - (Interval.Z * StandardError));

    /// <summary>Upper limit of the hazard ratio.</summary>
    public double Upper => Math.Exp(Coefficient + (Interval.Z * StandardError));

    /// <summary>Wald statistic of no effect, standard normal.</summary>
    public double WaldZ => Coefficient / StandardError;

    /// <summary>Two-sided p-value of the Wald test.</summary>
    public double WaldPValue => ChiSquare.UpperTail(WaldZ * WaldZ, 1);

    /// <summary>Likelihood ratio test of no effect, one degree of freedom.</summary>
    public double LikelihoodRatioChiSquare => Math.Max(0, 2 * (LogLikelihood - NullLogLikelihood));

    /// <summary>p-value of the likelihood ratio test.</summary>
    public double LikelihoodRatioPValue => ChiSquare.UpperTail(LikelihoodRatioChiSquare, 1);

    /// <summary>p-value of the score test.</summary>
    public double ScorePValue => ChiSquare.UpperTail(ScoreChiSquare, 1);
}
