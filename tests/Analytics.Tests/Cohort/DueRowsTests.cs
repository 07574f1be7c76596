using Equecel.Analytics.Cohort;

namespace Equecel.Analytics.Tests.Cohort;

public sealed class DueRowsTests
{
    private readonly DueRows due = new();

    [Fact]
    public void A_row_is_taken_once_and_the_longest_due_first()
    {
        Add(3, 1, 3, 2);

        Assert.Equal(3, due.Count);
        Assert.Equal([3, 1], due.Take(2));
        due.PutBack();
        Assert.Equal([2, 3, 1], due.Take(9));
    }

    [Fact]
    public void A_row_that_is_finished_is_due_no_more_until_it_is_added_again()
    {
        Add(1, 2);
        due.Take(9);
        due.Finish(1);
        due.PutBack();
        Assert.Equal(1, due.Count);

        Add(1);
        Assert.Equal([2, 1], due.Take(9));
    }

    [Fact]
    public void A_row_that_becomes_due_while_it_is_taken_is_not_taken_any_more_and_stays_due()
    {
        Add(1);
        due.Take(9);
        Assert.True(due.IsTaken(1));

        Add(1);
        Assert.False(due.IsTaken(1));
        due.PutBack();
        Assert.Equal(1, due.Count);
        Assert.Equal([1], due.Take(9));
    }

    private void Add(params int[] rows) => Array.ForEach(rows, due.Add);
}
