import PrometheusMetrics
import Testing

struct NegotiationTests {
    @Test(
        "the Accept header chooses the format",
        arguments: [
            (nil, .text), ("", .text), ("*/*", .text), ("text/plain", .text), ("text/plain;version=0.0.4", .text),
            ("application/openmetrics-text", .openMetrics),
            ("application/openmetrics-text;version=1.0.0", .openMetrics),
            ("application/openmetrics-text; version=\"1.0.0\"; charset=utf-8", .openMetrics),
            ("APPLICATION/OpenMetrics-Text ; Version=1.0.0 ; Q=0.9", .openMetrics),
            // What Prometheus sends: 2.42, then 3 with its escaping
            (
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .openMetrics
            ),
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,*/*;q=0.2", .openMetrics
            ),
            ("text/plain;version=0.0.4;q=0.6, application/openmetrics-text;version=1.0.0;q=0.5", .text),
            ("text/plain;version=0.0.4;q=0.5, application/openmetrics-text;version=1.0.0;q=0.5", .openMetrics),
            ("application/openmetrics-text;version=0.0.1", .text),
            ("application/openmetrics-text;version=2.0.0", .text),
            ("application/openmetrics-text;q=0", .text), ("application/openmetrics-text;q=0,*/*", .text),
            ("application/openmetrics-text;q=0.000", .text), ("application/openmetrics-text;q=0.001", .openMetrics),
            ("text/plain;q=0, */*", .openMetrics), ("application/*", .openMetrics), ("text/*, application/*", .text),
            ("application/vnd.google.protobuf;q=0.9, text/plain;q=0.1", .text), ("application/json", .text),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", .text),
            // Not to be read: passed over
            ("application/openmetrics-text;q=2", .text), ("application/openmetrics-text;q=abc", .text),
            ("application/openmetrics-text;q=1.001", .text), ("application/openmetrics-text;q=-1", .text),
            ("application/openmetrics-text;q=0.1234", .text), ("application/openmetrics-text;q=", .openMetrics),
            (";;;,,,==\"", .text), ("application", .text), ("/", .text), ("application/openmetrics-text/more", .text),
            ("\"application/openmetrics-text", .text), ("x/y;a=\",application/openmetrics-text\"", .text),
            ("\u{0}\u{301}é/🎉;q=1;q=0", .text),
        ] as [(String?, ExpositionFormat)])
    func negotiates(accept: String?, format: ExpositionFormat) {
        #expect(ExpositionFormat(accept: accept) == format)
    }

    @Test("the response states its type and version")
    func namesTypes() {
        #expect(ExpositionFormat.text.contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            ExpositionFormat.openMetrics.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    }
}
