@testable import ContractSite
import Testing

/// Descriptions as HTML.
@Suite struct MarkdownTests {
    @Test(
        "Markdown is rendered",
        arguments: [
            ("One.\nStill one.\n\nTwo.", "<p>One.\nStill one.</p><p>Two.</p>"),
            (
                "A *soft* and **strong** `code`.",
                "<p>A <em>soft</em> and <strong>strong</strong> <code>code</code>.</p>"
            ),
            ("snake_case_name and 2 * 3 * 4", "<p>snake_case_name and 2 * 3 * 4</p>"),
            ("- a\n- b\n  more\n\n1. c", "<ul><li>a</li><li><p>b\nmore</p></li></ul><ol><li>c</li></ol>"),
            ("```\n<b>\n```", #"<pre tabindex="0"><code>&lt;b&gt;</code></pre>"#),
            ("> quoted", "<blockquote><p>quoted</p></blockquote>"),
            ("## Title", "<h4>Title</h4>"),
            (
                "[site](https://example.com/a?b=1&c=2)",
                #"<p><a href="https://example.com/a?b=1&amp;c=2" rel="noopener noreferrer">site</a></p>"#
            ),
            (
                "see https://example.com/x.",
                #"<p>see <a href="https://example.com/x" rel="noopener noreferrer">https://example.com/x</a>.</p>"#
            ),
            (#"\*no\*"#, "<p>*no*</p>"),
        ])
    func rendered(text: String, expected: String) {
        #expect(Markdown.html(text).markup == expected)
    }

    @Test("a summary is the first paragraph in one line, without marks")
    func summary() {
        let text = "\nThe `job_id` and the user_id of\n**a** [job](https://example.com).\n\nMore."
        #expect(Markdown.summary(text) == "The job_id and the user_id of a job.")
    }

    static let hostile = [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))", "[x]( javascript:alert(1))", "[x](data:text/html,<script>alert(1)</script>)",
        "<javascript:alert(1)>", "![x](https://example.com/track.png)", "\" onmouseover=\"alert(1)",
        "[a](https://example.com/\"onclick=\"alert(1))", "`<script>`", "&lt;script&gt;",
        "</code></pre><script>alert(1)</script>",
        "[<script>alert(1)</script>](https://example.com)", "<!-- --><script>alert(1)</script>",
        "\u{0}<script>\u{0}alert(1)",
        "**<script>alert(1)</script>**", "> - <svg onload=alert(1)>", "```\n</pre><script>\n```", "[x](vbscript:a)",
        "[x](//example.com)",
    ]

    @Test("no HTML, script or unsafe address comes from a description", arguments: hostile)
    func safe(text: String) throws {
        for html in [
            Markdown.html(text).markup, Markdown.inline(text).markup, HTML.text(Markdown.summary(text)).markup,
        ] {
            let tags = html.matches(of: /<\/?([a-zA-Z!][a-zA-Z0-9]*)/).map { String($0.output.1) }
            #expect(
                Set(tags).isSubset(of: ["p", "a", "em", "strong", "code", "pre", "blockquote", "ul", "li", "h4"]),
                "\(html)")
            for match in html.matches(of: /<[^>]*>/) {
                let names = match.output.matches(of: #/ ([a-z-]+)=/#).map { String($0.output.1) }
                #expect(Set(names).isSubset(of: ["href", "rel", "tabindex"]), "\(html)")
            }
            for match in html.matches(of: /href="([^"]*)"/) {
                #expect(match.output.1.hasPrefix("https://example.com"), "\(html)")
            }
            #expect(!html.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        }
    }

    @Test("long texts of marks without ends take no long time", arguments: ["*", "`", "[", "<", "_", "> ", "- ", "#"])
    func long(mark: String) {
        let text = String(repeating: mark, count: 50_000)
        #expect(!Markdown.html(text).markup.isEmpty)
    }
}
