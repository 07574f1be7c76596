namespace Equecel.Analytics.Tables;

/// <summary>What a table is about: which records it needs, and what each participant adds to it.</summary>
internal abstract class Topic
{
    /// <summary>Its name in the contract.</summary>
    public abstract V1.Topic Name { get; }

    /// <summary>Heading of the table in English and in Chinese.</summary>
    public abstract (string En, string Zh) Title { get; }

    /// <summary>Whether it is about everybody who takes part, infused or not.</summary>
    public virtual bool IncludesNotInfused => false;

    /// <summary>Whether it asks for data queries and for when each record began.</summary>
    public virtual bool NeedsHistory => false;

    /// <summary>Methods and their variants in words, in English and in Chinese, without the rule set and the interval of proportions.</summary>
    /// <param name="question">The question.</param>
    public abstract (string En, string Zh) Method(TableQuestion question);

    /// <summary>Defines the rows that are there whatever the data.</summary>
    /// <param name="sheet">The table.</param>
    /// <param name="question">The question.</param>
    public abstract void Define(Sheet sheet, TableQuestion question);

    /// <summary>Whether a participant who is in the population is in this table.</summary>
    /// <param name="subject">The participant.</param>
    /// <param name="question">The question.</param>
    public virtual bool Includes(Subject subject, TableQuestion question) => true;

    /// <summary>Adds what a participant contributes.</summary>
    /// <param name="sheet">The table, at this participant.</param>
    /// <param name="subject">The participant.</param>
    /// <param name="question">The question.</param>
    public abstract void Add(Sheet sheet, Subject subject, TableQuestion question);

    /// <summary>Puts rows that the data made into their order.</summary>
    /// <param name="sheet">The table, with everybody in it.</param>
    public virtual void Finish(Sheet sheet)
    {
    }
}
