import ContractModel
import PromQL
import Testing

/// The templates of Tests/Fixtures/PromQL/templates.txt, and what labels a template may refer to.
@Suite("PromQL: templates of annotations")
struct AnnotationTemplateTests {
    @Test("every template of the list is accepted or rejected as marked, by the parser and by promtool")
    func list() throws {
        let items = try MarkedList("templates.txt").items
        let refused = try Promtool.refused(templates: items.map(\.text))
        for (index, item) in items.enumerated() {
            var findings: [Finding] = []
            let template = AnnotationTemplate.parse(item.text, findings: &findings)
            #expect((template == nil) == !findings.isEmpty)
            #expect((template != nil) == item.isTaken, "\(item.text) \(findings.map(\.message))")
            #expect(!refused.contains(index) == item.isTaken, "promtool: \(item.text)")
        }
    }

    @Test(
        "a label that the expression does not yield is named, wherever it is referred to",
        arguments: [
            ("{{ $labels.event }}", "event"),
            ("{{ .Labels.event }}", "event"),
            ("{{ $.Labels.event }}", "event"),
            ("{{ index $labels \"event\" }}", "\"event\""),
            ("{{ printf \"%s\" ($labels.event) }}", "event"),
            ("{{ if $labels.event }}a{{ end }}", "event"),
            ("{{ with query \"up\" }}{{ $labels.event }}{{ end }}", "event"),
            ("{{ with query \"up\" }}a{{ else }}{{ .Labels.event }}{{ end }}", "event"),
            ("ü {{ $labels.topics }}", "topics"),
            ("{{ $labels.__name__ }}", "__name__"),
            ("{{ index .Labels \"event\" }}", "\"event\""),
            ("{{ index $.Labels `event` }}", "`event`"),
            ("{{ index ($labels) \"event\" }}", "\"event\""),
            ("{{ \"event\" | index $labels }}", "\"event\""),
            ("{{ $k := \"event\" }}{{ index $labels $k }}", "$k"),
            ("{{ with $labels }}{{ .event }}{{ end }}", "event"),
            ("{{ with .Labels }}{{ .event }}{{ end }}", "event"),
            ("{{ with . }}{{ .Labels.event }}{{ end }}", "event"),
            ("{{ with $l := $labels }}{{ $l.event }}{{ end }}", "event"),
            ("{{ $l := $labels }}{{ $l.event }}", "event"),
            ("{{ $a := . }}{{ $a.Labels.event }}", "event"),
            ("{{ ($labels).event }}", "event"),
            ("{{ (.).Labels.event }}", "event"),
            ("{{ range query \"up\" }}{{ $.Labels.event }}{{ end }}", "event"),
            ("{{ define \"x\" }}{{ .Labels.event }}{{ end }}{{ template \"x\" . }}", "event"),
            ("{{ template \"x\" $labels }}{{ define \"x\" }}{{ $.event }}{{ end }}", "event"),
            ("{{ block \"b\" . }}{{ .Labels.event }}{{ end }}", "event"),
        ])
    func unknownLabel(text: String, place: String) throws {
        let labels = LabelSet(["topic": .init(isCertain: true)])
        let findings = AnnotationTemplate.check(text, labels: labels)
        #expect(findings.map(\.rule) == [.unknownTemplateLabel])
        let range = try #require(findings.first).range
        #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self) == place)
    }

    @Test(
        "known labels are not reported",
        arguments: [
            "{{ $labels.topic }} {{ .Labels.topic }}",
            "{{ $externalLabels.region }}",
            "{{ range query \"up\" }}{{ .Labels.job }}{{ end }}",
            "{{ define \"a\" }}{{ .Labels.job }}{{ $.Labels.job }}{{ end }}",
            "{{ $labels := query \"up\" }}{{ $labels.job }}",
            "{{ $l := $labels }}{{ if 1 }}{{ $l = args 1 }}{{ end }}{{ $l.arg0 }}",
            "{{ with query \"up\" }}{{ with . | first }}{{ .Labels.job }}{{ end }}{{ end }}",
            "{{ range $k, $v := $labels }}{{ $k }}={{ $v }}{{ end }}",
            "{{ define \"a\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}",
            "{{ $k := printf \"%v\" $value }}{{ index $labels $k }}",
            "{{ .ExternalLabels.region }} {{ .ExternalURL }} {{ .Value }} {{ $externalURL }}",
            "$label, $5, {event} and {}",
        ])
    func knownLabel(text: String) {
        #expect(AnnotationTemplate.check(text, labels: LabelSet(["topic": .init(isCertain: true)])) == [])
    }

    @Test(
        "a reference outside of an action is reported, at its place",
        arguments: [
            ("$labels.event", "$labels.event"), ("{{ $value }} of {$labels.topic}", "$labels.topic"),
            ("ü {value} {{ $value }}", "{value}"), ("${ value }", "{ value }"), ("{.Labels.topic}", "{.Labels.topic}"),
            ("order {payload.order_id}", "{payload.order_id}"),
        ])
    func strayReference(text: String, place: String) throws {
        let findings = AnnotationTemplate.check(text, labels: LabelSet(["topic": .init(isCertain: true)]))
        #expect(findings.map(\.rule) == [.templateBraces])
        let range = try #require(findings.first).range
        #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self) == place)
    }

    @Test("the hint has the nearest label, or all labels")
    func hints() {
        let labels = LabelSet(["topic": .init(isCertain: true), "status": .init(isCertain: false)])
        #expect(
            AnnotationTemplate.check("{{ $labels.topics }}", labels: labels).map(\.hint) == ["did you mean 'topic'?"])
        #expect(
            AnnotationTemplate.check("{{ $labels.x }}", labels: labels).map(\.hint) == [
                "expected one of: status, topic"
            ])
        #expect(
            AnnotationTemplate.check("{{ $labels.x }}", labels: LabelSet()).map(\.hint) == ["it has no labels"])
        #expect(AnnotationTemplate.check("{{ $labels.x }}", labels: .unknown) == [])
    }

    @Test(
        "queries inside a template are checked by the same rules",
        arguments: [
            ("{{ query \"up\" | first | value }}", nil),
            ("{{ with query \"sum(tda_queue_depth\" }}{{ end }}", .promQLSyntax),
            ("{{ range query `rate(up)` }}{{ end }}", .promQLType),
            ("{{ query \"tda_messages_total{status=\\\"eror\\\"}\" }}", .impossibleLabelValue),
            ("{{ query \"tda_nothing\" }}", .unknownMetric),
            ("{{ \"tda_nothing\" | query }}", .unknownMetric),
            ("{{ query (printf \"tda_nothing\") }}", .unknownMetric),
            ("{{ $q := \"tda_nothing\" }}{{ query $q }}", .unknownMetric),
            ("{{ query (printf \"tda_nothing{topic=%q}\" $labels.topic) }}", nil),
        ] as [(String, Rule?)])
    func queries(text: String, rule: Rule?) throws {
        let labels = LabelSet(["topic": .init(isCertain: true)])
        let findings = AnnotationTemplate.check(text, labels: labels, queries: ExpressionChecker(catalog))
        #expect(findings.map(\.rule) == (rule.map { [$0] } ?? []))
        if let finding = findings.first { #expect("\"`$(".contains(place(finding, in: text).prefix(1))) }
    }

    @Test(
        "an error in a template has its place",
        arguments: [
            ("{{ $value", "{{ $value", "an action is not closed with '}}'"),
            ("a {{ foo }}", "foo", "unknown function 'foo'"),
            ("{{ $vale }}", "$vale", "unknown variable '$vale'"),
            ("{{ if $value }}a", "if", "'if' is not closed with '{{ end }}'"),
            ("{{ end }}", "end", "'end' has no 'if', 'range' or 'with' before it"),
            ("ü{{ }}", "}}", "a value is missing in 'command'"),
            ("{{ $value | 5 }}", "5", "'5' is not a function: a value cannot be piped into it"),
            ("{{ $value > 1 }}", ">", "unexpected '>' in an action"),
            ("{{/* open", "{{/* open", "a comment is not closed with '*/}}'"),
        ])
    func mistakes(text: String, at expected: String, message: String) throws {
        var findings: [Finding] = []
        #expect(AnnotationTemplate.parse(text, findings: &findings) == nil)
        #expect(findings.map(\.rule) == [.alertTemplate])
        #expect(findings.map(\.message) == [message])
        #expect(findings.map { place($0, in: text) } == [expected])
    }

    @Test(
        "templates that fail at run time are reported",
        arguments: [
            ("{{ .labels.topic }}", "labels", "an alert has no field 'labels'"),
            ("{{ .Event }}", "Event", "an alert has no field 'Event'"),
            ("{{ with $ }}{{ .Event }}{{ end }}", "Event", "an alert has no field 'Event'"),
            ("{{ $labels.topic.x }}", "x", "a string or a number has no field 'x'"),
            ("{{ $value.x }}", "x", "a string or a number has no field 'x'"),
            ("{{ template \"x\" . }}", "\"x\"", "unknown template 'x'"),
            ("{{ $t := $labels.topic }}{{ $t.x }}", "x", "a string or a number has no field 'x'"),
        ])
    func failures(text: String, at expected: String, message: String) throws {
        let findings = AnnotationTemplate.check(text, labels: LabelSet(["topic": .init(isCertain: true)]))
        #expect(findings.map(\.rule) == [.alertTemplate])
        #expect(findings.map(\.message) == [message])
        #expect(findings.map { place($0, in: text) } == [expected])
    }

    @Test("a template that nests too deep is an error")
    func depth() {
        var findings: [Finding] = []
        #expect(AnnotationTemplate.parse(String(repeating: "{{ if 1 }}", count: 200), findings: &findings) == nil)
        #expect(findings.map(\.rule) == [.alertTemplate])
        let templates = (0..<2000).map { "{{ define \"t\($0)\" }}{{ template \"t\($0 + 1)\" . }}{{ end }}" }.joined()
        #expect(AnnotationTemplate.check(templates + "{{ template \"t0\" . }}", labels: LabelSet()) == [])
    }
}
