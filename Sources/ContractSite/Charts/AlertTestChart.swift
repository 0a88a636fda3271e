import ContractModel
import MonitoringCompiler
import PromQL

/// A test of an alert: the samples of its series, the periods in which the alert is pending and fires, and the times at
/// which the test expects it to fire or not to fire.
struct AlertTestChart {
    let test: AlertTest
    let name: String
    private let series: [(name: SeriesName, samples: [Double?])]
    private let end: Duration
    /// `nil` where the expression is not evaluated.
    private let timeline: AlertTimeline?

    private static let width = 640.0
    private static let inset = 10.0
    private static let laneHeight = 34.0
    private static let stateHeight = 16.0
    private static let mostSeries = 6

    init(_ alert: CompiledAlert, _ test: AlertTest, recordings: [RecordingRule]) {
        (self.test, name) = (test, alert.name)
        series = test.series.prefix(Self.mostSeries).map { (SeriesName($0.name), Self.samples($0.values)) }
        let longest = test.interval * max(1, (series.map(\.samples.count).max() ?? 1) - 1)
        end = max(longest, test.length)
        timeline = AlertTimeline(alert, test, until: end, recordings: recordings)
    }

    /// Returns the samples of a series; `nil` is a missing one.
    static func samples(_ text: String) -> [Double?] {
        guard let values = try? SeriesValues(text) else { return [] }
        return values.samples.map { if case .value(let value) = $0, value.isFinite { value } else { nil } }
    }

    func svg() -> HTML {
        .element("figure", [.class("chart")]) {
            drawing
            caption
        }
    }

    // MARK: Drawing

    private var stateY: Double { Double(series.count) * Self.laneHeight + 8 }
    private var axisY: Double { stateY + Self.stateHeight + 30 }

    private var drawing: HTML {
        let text = TopologyDrawing.number
        return .element(
            "svg",
            [
                .set("viewBox", "0 0 640 \(text(axisY + 6))"), .set("role", "img"), .set("aria-label", words),
            ]
        ) {
            for (index, one) in series.enumerated() {
                let y = Double(index) * Self.laneHeight
                HTML.element(
                    "rect",
                    [
                        .class("plot"), .set("x", "0"), .set("y", text(y + 2)), .set("width", "640"),
                        .set("height", text(Self.laneHeight - 4)), .set("rx", "4"),
                    ])
                line(one.samples, index, y: y)
            }
            HTML.element(
                "rect",
                [
                    .class("plot"), .set("x", "0"), .set("y", text(stateY)), .set("width", "640"),
                    .set("height", text(Self.stateHeight)), .set("rx", "4"),
                ])
            for period in timeline?.periods ?? [] { draw(period) }
            for expectation in test.expectations { mark(expectation) }
            HTML.element("text", [.class("mark start"), .set("x", "4"), .set("y", text(axisY))]) { "0" }
            HTML.element("text", [.class("mark end"), .set("x", "636"), .set("y", text(axisY))]) {
                PromQLText.duration(end)
            }
        }
    }

    private func x(_ time: Duration) -> Double {
        let share = end > .zero ? time / end : 0
        return Self.inset + min(1, share) * (Self.width - Self.inset * 2)
    }

    /// Returns the samples of a series on a scale of their own.
    private func line(_ values: [Double?], _ index: Int, y top: Double) -> HTML {
        let known = values.compactMap(\.self)
        let (low, high) = (known.min() ?? 0, known.max() ?? 0)
        var path = ""
        var isDrawing = false
        // More points than the line has units say nothing.
        let stride = max(1, values.count / 200)
        for (position, value) in values.enumerated() where position % stride == 0 || position == values.count - 1 {
            guard let value else {
                isDrawing = false
                continue
            }
            let share = high > low ? (value - low) / (high - low) : 0.5
            let y = top + Self.laneHeight - 8 - share * (Self.laneHeight - 16)
            path +=
                "\(isDrawing ? "L" : "M")\(TopologyDrawing.number(x(test.interval * position))) \(TopologyDrawing.number(y)) "
            isDrawing = true
        }
        return .element("path", [.class("samples"), .set("data-line", index), .set("d", path)])
    }

    private func draw(_ period: AlertTimeline.Period) -> HTML {
        let (from, to) = (x(period.start), x(period.end))
        return .element(
            "rect",
            [
                .class(period.state == .firing ? "period firing" : "period pending"),
                .set("x", TopologyDrawing.number(from)), .set("y", TopologyDrawing.number(stateY)),
                .set("width", TopologyDrawing.number(max(3, to - from))),
                .set("height", TopologyDrawing.number(Self.stateHeight)),
            ])
    }

    private func mark(_ expectation: AlertTest.Expectation) -> HTML {
        let (x, y) = (TopologyDrawing.number(x(expectation.time)), stateY + Self.stateHeight)
        return .element("g", [.class(expectation.fires ? "expectation fires" : "expectation quiet")]) {
            HTML.element(
                "line",
                [
                    .set("x1", x), .set("x2", x), .set("y1", "2"), .set("y2", TopologyDrawing.number(y + 6)),
                ])
            HTML.element("circle", [.set("cx", x), .set("cy", TopologyDrawing.number(y + 10)), .set("r", "4.5")])
        }
    }

    // MARK: Words

    private var words: String {
        let times = test.expectations.map {
            "must \($0.fires ? "fire" : "not fire") at \(PromQLText.duration($0.time))"
        }
        return "\(name) \(times.joined(separator: ", ")). \(outcome)"
    }

    /// The periods in words: `Pending from 1m, fires from 6m to 14m.`
    private var outcome: String {
        guard let timeline else { return "" }
        guard !timeline.periods.isEmpty else { return "It is never pending and never fires." }
        let periods = timeline.periods.prefix(8).map { period in
            let verb = period.state == .firing ? "fires" : "is pending"
            let start = "\(verb) from \(PromQLText.duration(period.start))"
            return period.end > end ? start + " on" : "\(start) to \(PromQLText.duration(period.end))"
        }
        return "It \(periods.joined(separator: ", "))\(timeline.periods.count > 8 ? ", and so on" : "")."
    }

    private var caption: HTML {
        let common = SeriesName.common(series.map(\.name))
        return .element("figcaption") {
            HTML.element("strong") { test.fires ? "Must fire" : "Must not fire" }
            test.note.map { " \($0)" } ?? ""
            ". "
            outcome
            if let common {
                HTML.element("span", [.class("common")]) { HTML.code(common.text) }
            }
            for (index, one) in zip(test.series, series).enumerated() {
                HTML.element("span", [.class("series"), .set("data-line", index)]) {
                    HTML.code(common.map { one.1.name.without($0) } ?? one.1.name.text)
                    " "
                    HTML.element("span", [.class("samples-text")]) { Self.shortened(one.0.values) }
                }
            }
            if test.series.count > Self.mostSeries { " and \(test.series.count - Self.mostSeries) more series" }
        }
    }

    private static func shortened(_ values: String) -> String {
        values.count <= 60 ? values : values.prefix(59) + "…"
    }
}

/// The name of a series, divided into the metric and its labels.
struct SeriesName {
    private(set) var metric: String
    private(set) var labels: [(name: String, value: String)]

    init(_ text: String) {
        var findings: [Finding] = []
        guard case .vectorSelector(let selector)? = Expression.parse(text, findings: &findings)?.node,
            let name = selector.name?.text
        else {
            (metric, labels) = (text, [])
            return
        }
        (metric, labels) = (name, selector.matchers.map { ($0.label.text, $0.value.text) })
    }

    var text: String { metric + Self.text(labels) }

    private static func text(_ labels: [(name: String, value: String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.name)=\(PromQLText.string($0.value))" }.joined(separator: ", ") + "}"
    }

    /// Returns the metric and the labels that several series have in common; `nil` for one series, and for several
    /// metrics.
    static func common(_ names: [SeriesName]) -> SeriesName? {
        guard names.count > 1, var common = names.first, names.allSatisfy({ $0.metric == common.metric }) else {
            return nil
        }
        common.labels.removeAll { label in
            !names.allSatisfy { $0.labels.contains { $0 == label } }
        }
        return common
    }

    /// Returns the labels that a common name does not have.
    func without(_ common: SeriesName) -> String {
        let own = labels.filter { label in !common.labels.contains { $0 == label } }
        return own.isEmpty ? metric : Self.text(own)
    }
}
