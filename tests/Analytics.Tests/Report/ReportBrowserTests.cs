using Equecel.Analytics.Tests.Tables;
using Equecel.Testing;

namespace Equecel.Analytics.Tests.Report;

/// <summary>The report in a real browser.</summary>
public sealed class ReportBrowserTests : IAsyncLifetime
{
    // Every shape that can be seen, with its own colour and that on which it stands, as far as style says.
    private const string FaintTexts =
        """
        (() => {
          const luminance = rgb => rgb.map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const parse = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
          const ratio = (a, b) => { const [low, high] = [luminance(a.slice(0, 3)), luminance(b.slice(0, 3))].sort((x, y) => x - y); return (high + 0.05) / (low + 0.05); };
          const ground = element => { for (let e = element; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
          const gradeGround = text => { const m = /on-(grade-\d)/.exec(text.getAttribute('class') ?? ''); return m ? parse(getComputedStyle(text.ownerSVGElement.querySelector('rect.' + m[1])).fill) : [255, 255, 255]; };
          const faint = [];
          for (const e of document.querySelectorAll('body *')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
            const inPicture = e.ownerSVGElement;
            if (inPicture && !['text', 'tspan'].includes(e.localName)) continue;
            const r = inPicture ? ratio(parse(getComputedStyle(e).fill), gradeGround(e.closest('text'))) : ratio(parse(getComputedStyle(e).color), ground(e));
            if (r < 4.5) faint.push(e.textContent.trim() + ' ' + r.toFixed(2));
          }
          return faint;
        })()
        """;

    private const string CutTexts =
        """
        [...document.querySelectorAll('svg')].filter(s => s.checkVisibility()).flatMap(s => [...s.querySelectorAll('text')].filter(t => {
          const [a, b] = [t.getBoundingClientRect(), s.getBoundingClientRect()];
          return a.left < b.left - 1 || a.right > b.right + 1 || a.bottom > b.bottom + 1 || a.top < b.top - 1;
        }).map(t => s.id + ': ' + t.textContent))
        """;

    private static readonly string[] Languages = ["en", "zh-CN"];

    private readonly string folder = Directory.CreateTempSubdirectory("equecel-report-").FullName;
    private Browser browser = null!;

    public async Task InitializeAsync() => browser = await Browser.StartAsync();

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task It_opens_and_fits(int width, int height)
    {
        foreach (var (name, study) in Studies())
        {
            foreach (var language in Languages)
            {
                var file = Path.Combine(folder, $"{language}.html");
                await File.WriteAllTextAsync(file, ReportStudy.Html(study, language == "zh-CN"));
                await browser.OpenAsync(file, width, height);

                var (requests, complaints) = browser.Told();
                Assert.Equal([new Uri(file).AbsoluteUri], requests);
                Assert.Empty(complaints);
                Assert.Equal(language, (string?)await browser.EvaluateAsync("document.documentElement.lang"));
                Assert.True((int)(await browser.EvaluateAsync("document.documentElement.scrollWidth"))! <= width, $"{name} scrolls sideways at {width}");
                Assert.Equal("[]", (await browser.EvaluateAsync(FaintTexts))!.ToJsonString());
                Assert.Equal("[]", (await browser.EvaluateAsync(CutTexts))!.ToJsonString());
            }
        }
    }

    [Fact]
    public async Task A_screen_reader_finds_its_way()
    {
        var file = Path.Combine(folder, "report.html");
        await File.WriteAllTextAsync(file, ReportStudy.Html(ReportStudy.Of(40)));
        await browser.OpenAsync(file, 1280, 800);

        Assert.Equal("1 1 1 1", (string?)await browser.EvaluateAsync("['header', 'nav[aria-label]', 'main', 'footer'].map(one => document.querySelectorAll('body > ' + one).length).join(' ')"));
        foreach (var fault in (string[])
        [
            "[...document.querySelectorAll('svg')].filter(s => s.getAttribute('role') !== 'img' || !s.querySelector(':scope > title')?.textContent || !s.querySelector(':scope > desc')?.textContent).map(s => s.id)",
            "[...document.querySelectorAll('[aria-labelledby]')].filter(e => e.getAttribute('aria-labelledby').split(' ').some(id => !document.getElementById(id))).map(e => e.outerHTML.slice(0, 80))",
            "[...document.querySelectorAll('a')].filter(a => !document.querySelector(a.getAttribute('href'))).map(a => a.textContent)",
            "[...document.querySelectorAll('table')].filter(t => !t.caption || [...t.tBodies[0].rows].some(r => r.cells[0].scope === '')).map(t => t.outerHTML.slice(0, 80))",
            "[...document.querySelectorAll('figure')].filter(f => !f.querySelector('figcaption') || !f.closest('section').querySelector('table')).map(f => f.outerHTML.slice(0, 80))",
        ])
        {
            Assert.Equal("[]", (await browser.EvaluateAsync(fault))!.ToJsonString());
        }
    }

    [Fact]
    public async Task On_paper_the_numbers_of_the_figures_are_open()
    {
        var file = Path.Combine(folder, "report.html");
        await File.WriteAllTextAsync(file, ReportStudy.Html(ReportStudy.Of(40)));
        await browser.OpenAsync(file, 800, 1000);

        const string content = "[...new Set([...document.querySelectorAll('details')].map(d => getComputedStyle(d, '::details-content').contentVisibility))].join(' ')";
        Assert.Equal("hidden", (string?)await browser.EvaluateAsync(content));
        await browser.SetPrintAsync(true);
        Assert.Equal("visible", (string?)await browser.EvaluateAsync(content));
        Assert.Equal("none", (string?)await browser.EvaluateAsync("getComputedStyle(document.querySelector('nav')).display"));
    }

    private static IEnumerable<(string Name, MadeStudy Study)> Studies() =>
        [("an empty study", new MadeStudy()), ("one participant", ReportStudy.Of(1)), ("a study", ReportStudy.Of(60))];
}
