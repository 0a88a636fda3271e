import JSONTape
import Testing

/// One text for each rule of a format's grammar.
@Suite("string formats")
struct StringFormatTests {
    @Test(
        "texts that have their format",
        arguments: [
            (StringFormat.date, "2024-02-29"), (.date, "0000-01-01"), (.date, "9999-12-31"), (.time, "00:00:00Z"),
            (.time, "23:59:60Z"),
            (.time, "08:30:06.283185Z"), (.time, "08:30:06+00:20"), (.time, "15:59:60-08:00"),
            (.time, "01:29:60+01:30"), (.time, "23:29:60+23:30"),
            (.time, "08:30:06z"), (.uuid, "3f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a11"),
            (.uuid, "3F6C2A9E-8A52-4C1E-9D5B-0C8F1F3B7A11"),
            (.uuid, "00000000-0000-0000-0000-000000000000"),
            (.uri, "http://foo.bar/?baz=qux#quux"), (.uri, "http://foo.com/blah_(wikipedia)_blah#cite-1"),
            (.uri, "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com"), (.uri, "http://223.255.255.254"),
            (.uri, "ftp://ftp.is.co.za/rfc/rfc1808.txt"), (.uri, "ldap://[2001:db8::7]/c=GB?objectClass?one"),
            (.uri, "urn:oasis:names:specification:docbook:dtd:xml:4.1.2"), (.uri, "http://[::]"), (.uri, "a:"),
            (.uri, "http://[::ffff:192.0.2.1]:1"), (.uri, "http://[1:2:3:4:5:6:7::]"), (.uri, "http://[v1.a:b]"),
            (.uri, "http://[1:2:3:4:5:6:7:8]"), (.uri, "file:///a"), (.uri, "http://example.com:"),
            (.uri, "http://[1::3:4:5:6:7:8]"), (.uri, "http://[1:2:3:4:5:6:1.2.3.4]"), (.uri, "a:b?c/d?e#f/g?h"),
            (.uriReference, ""), (.uriReference, "a/b:c"), (.uriReference, "?a"), (.uriReference, "#a"),
            (.uriReference, "//h:80/p"), (.uriReference, "/"), (.iri, "http://é.example/ü?\u{E000}#ü"),
            (.iriReference, "ü/\u{10000}"), (.iriReference, ""),
            (.duration, "P1Y"), (.duration, "P1Y2M3DT4H5M6S"), (.duration, "PT1M"), (.duration, "P3W"),
            (.duration, "P1MT1S"),
            (.email, "a@b"), (.email, #""a\"b c"@example.com"#), (.email, "a+b=c@[192.0.2.1]"),
            (.email, "a@[IPv6:2001:db8::1]"), (.email, "a@[ipv6:::]"), (.idnEmail, "ä@ö.example"),
            (.hostname, "a"), (.hostname, "1.example"), (.hostname, "a--b.example"),
            (.hostname, "xn--bcher-kva.example"),
            (.hostname, "XN--BCHER-KVA"), (.idnHostname, "bücher.example"), (.idnHostname, "a。b"),
            (.idnHostname, "אב.גד"), (.idnHostname, "xn--bcher-kva"), (.idnHostname, "ự"),
            (.ipv4, "0.0.0.0"), (.ipv4, "255.255.255.255"), (.ipv6, "::"), (.ipv6, "1::"), (.ipv6, "::1"),
            (.ipv6, "1:2:3:4:5:6:7:8"), (.ipv6, "1:2:3:4:5:6:192.0.2.1"), (.ipv6, "1:2:3:4:5:6:7::"),
            (.uriTemplate, ""), (.uriTemplate, "/a{?b,c*,d:9999}%41"), (.uriTemplate, "{+a.b_1}"),
            (.uriTemplate, "{a%41}"),
            (.jsonPointer, ""), (.jsonPointer, "/"), (.jsonPointer, "/a~0b/~1"), (.relativeJSONPointer, "0"),
            (.relativeJSONPointer, "10/a"), (.relativeJSONPointer, "0#"), (.relativeJSONPointer, "0-1/a"),
            (.regex, ""), (.regex, "^[a-z]{1,3}$"), (.regex, #"(?<a>x)\k<a>"#), (.regex, #"\p{Script=Greek}"#),
            (.regex, "(?<a>x)|(?<a>y)"), (.regex, "(?:(?<a>x)|(?<b>y)(?<a>z))"),
        ])
    func accepts(format: StringFormat, text: String) {
        #expect(format.matches(text))
    }

    @Test(
        "texts that do not have their format",
        arguments: [
            (StringFormat.date, ""), (.date, "2024-02-30"), (.date, "2023-02-29"), (.date, "2024-1-1"),
            (.date, "2024-01-01Z"), (.date, "20240101"),
            (.time, ""), (.time, "00:00:00"), (.time, "24:00:00Z"), (.time, "22:59:60Z"), (.time, "23:59:60+01:00"),
            (.time, "08:30:06 PST"),
            (.time, "8:30:06Z"), (.time, "08:30Z"), (.uuid, ""), (.uuid, "3f6c2a9e8a524c1e9d5b0c8f1f3b7a11"),
            (.uuid, "3f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a1"),
            (.uuid, "3f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a111"), (.uuid, "3f6c2a9g-8a52-4c1e-9d5b-0c8f1f3b7a11"),
            (.uuid, "{f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a11"),
            (.uuid, "3f6c2a9e-8a52-4c1e-9d5b0-c8f1f3b7a11"), (.uuid, "3f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a!!"),
            (.uuid, "3f6c2a9e_8a52_4c1e_9d5b_0c8f1f3b7a11"),
            (.uri, ""), (.uri, "//foo.bar/?baz=qux#quux"), (.uri, "/abc"), (.uri, "\\\\WINDOWS\\fileshare"),
            (.uri, "abc"),
            (.uri, "http:// shouldfail.com"), (.uri, ":// should fail"), (.uri, "bar,baz:foo"), (.uri, "1a:b"),
            (.uri, "https://[@example.org/test.txt"), (.uri, "https://example.org/foobar\\.txt"), (.uri, "a:b#c#d"),
            (.uri, "https://example.org/foobar<>.txt"), (.uri, "https://example.org/foobar{}.txt"),
            (.uri, "https://example.org/foobar^.txt"), (.uri, "https://example.org/foobar`.txt"), (.uri, "a:%4"),
            (.uri, "https://example.org/foo bar.txt"), (.uri, "https://example.org/foobar|.txt"), (.uri, "a:%zz"),
            (.uri, "http://example.com:8a"), (.uri, "http://é.com"), (.uri, "http://a@b@c"), (.uri, "http://[:1]"),
            (.uri, "http://[1:2]"), (.uri, "http://[1::2::3]"), (.uri, "http://[1:2:3:4:5:6:7:8:9]"),
            (.uri, "http://[::1.2.3.256]"), (.uri, "http://[12345::]"), (.uri, "http://[::1]x"), (.uri, "http://[::"),
            (.uri, "http://[:::]"), (.uri, "http://[1:]"), (.uri, "http://[v.a]"), (.uri, "http://[::1.2.3.4:1]"),
            (.uri, "http://[1:2:3:4:5:6:7:8::]"), (.uri, "http://[::01.2.3.4]"), (.uri, "http://[]"),
            (.uri, "http://[::1"), (.uriReference, "1:b"), (.uriReference, "a b"), (.uriReference, "%"),
            (.uriReference, "//a:b"), (.uriReference, "é"), (.iri, "é"), (.iri, "a:\u{E000}"), (.iri, "a:\u{FFFF}"),
            (.iriReference, "a\u{80}"),
            (.duration, ""), (.duration, "P"), (.duration, "PT"), (.duration, "P1YT"), (.duration, "P1Y1D"),
            (.duration, "PT1H1S"), (.duration, "P1W1D"), (.duration, "P1"), (.duration, "P1D1M"), (.duration, "P1H"),
            (.email, ""), (.email, "a"), (.email, "@b"), (.email, "a@"), (.email, ".a@b"), (.email, "a..b@c"),
            (.email, "a@-b"), (.email, "a@b-"), (.email, "a@b..c"), (.email, "a@[192.0.2.256]"), (.email, "a@[::1]"),
            (.email, #""a"#), (.email, #""a\"#), (.email, "ä@b"), (.email, String(repeating: "a", count: 65) + "@b"),
            (.email, "a@[192.0.2.1]b"), (.email, "a@b c"),
            (.hostname, ""), (.hostname, "."), (.hostname, "a."), (.hostname, ".a"), (.hostname, "-a"),
            (.hostname, "a-"),
            (.hostname, "a_b"), (.hostname, String(repeating: "a", count: 64)), (.hostname, "xn--"),
            (.hostname, "bücher"),
            (.hostname, String(repeating: "a.", count: 126) + "aa"), (.hostname, "xn--a"), (.hostname, "xn--99999999"),
            (.idnHostname, ""), (.idnHostname, "Bücher"), (.idnHostname, "bu\u{308}cher"), (.idnHostname, "ử\u{323}"),
            (.idnHostname, "א1.2"), (.idnHostname, "a\u{10FFFF}"), (.idnHostname, String(repeating: "ü", count: 64)),
            (.ipv4, ""), (.ipv4, "1.2.3"), (.ipv4, "1.2.3.4.5"), (.ipv4, "01.2.3.4"), (.ipv4, "256.2.3.4"),
            (.ipv4, "1.2.3."),
            (.ipv6, ""), (.ipv6, ":"), (.ipv6, ":::"), (.ipv6, "1:2:3:4:5:6:7"), (.ipv6, "1:2:3:4:5:6:7:8:9"),
            (.ipv6, "1:2:3:4:5:6:7:8::"), (.ipv6, "1:2:3:4:5:6:7:192.0.2.1"), (.ipv6, "192.0.2.1"), (.ipv6, "::1%eth0"),
            (.uriTemplate, "{"), (.uriTemplate, "}"), (.uriTemplate, "{}"), (.uriTemplate, "{a:0}"),
            (.uriTemplate, "{a:12345}"),
            (.uriTemplate, "%4"), (.uriTemplate, "a b"), (.uriTemplate, "{a."), (.uriTemplate, "{a*:1}"),
            (.jsonPointer, "a"), (.jsonPointer, "/~"), (.jsonPointer, "/~2"), (.jsonPointer, "#/a"),
            (.relativeJSONPointer, ""), (.relativeJSONPointer, "/a"), (.relativeJSONPointer, "01"),
            (.relativeJSONPointer, "0##"), (.relativeJSONPointer, "0a"), (.relativeJSONPointer, "0+0"),
            (.regex, "("), (.regex, ")"), (.regex, "["), (.regex, "*"), (.regex, #"\a"#), (.regex, "a{2,1}"),
            (.regex, "[b-a]"), (.regex, "(?<a>x)(?<a>y)"), (.regex, "(?:(?<a>x)|y)(?<a>z)"),
            (.regex, "(?<a>(?<a>x))"), (.regex, "(?i)a"), (.regex, #"\1"#), (.regex, #"\p{No}{"# + "("),
        ])
    func refuses(format: StringFormat, text: String) {
        #expect(!format.matches(text))
    }

    @Test("a pattern of any depth needs constant stack")
    func deep() {
        #expect(
            StringFormat.regex.matches(String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000)))
        #expect(!StringFormat.regex.matches(String(repeating: "(", count: 100_000)))
    }
}
