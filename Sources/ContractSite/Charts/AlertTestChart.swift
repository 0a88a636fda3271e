import ContractModel
import MonitoringCompiler

/// A test of an alert: the samples of its series, and the times at which the alert must or must not fire.
struct AlertTestChart {
    let test: AlertTest
    let name: String

    private static let width = 640.0
    private static let height = 96.0
    private static let inset = 10.0
    private static let mostSeries = 6

    func svg() -> HTML {
        let samples = test.series.prefix(Self.mostSeries).map { SeriesSamples($0.values).values }
        let end = max(length(of: samples), test.length)
        let known = samples.flatMap { $0.compactMap(\.self) }
        let range = (known.min() ?? 0)...(known.max() ?? 0)
        return .element("figure", [.class("chart")]) {
            HTML.element("svg", [.set("viewBox", "0 0 640 130"), .set("role", "img"), .set("aria-label", words)]) {
                HTML.element(
                    "rect",
                    [
                        .class("plot"), .set("x", "0"), .set("y", "0"), .set("width", "640"), .set("height", "106"),
                        .set("rx", "4"),
                    ])
                for (index, values) in samples.enumerated() { line(values, index, end, range) }
                for expectation in test.expectations { mark(expectation, end) }
                HTML.element("text", [.class("mark start"), .set("x", "4"), .set("y", "122")]) { "0" }
                HTML.element("text", [.class("mark end"), .set("x", "636"), .set("y", "122")]) {
                    PromQLText.duration(end)
                }
            }
            HTML.element("figcaption") {
                HTML.element("strong") { test.fires ? "Fires" : "Stays quiet" }
                test.note.map { " \($0)" } ?? ""
                for (index, series) in test.series.prefix(Self.mostSeries).enumerated() {
                    HTML.element("span", [.class("series"), .set("data-line", index)]) {
                        HTML.code(series.name)
                        " "
                        HTML.code(String(series.values.prefix(120)))
                    }
                }
                if test.series.count > Self.mostSeries { " and \(test.series.count - Self.mostSeries) more series" }
            }
        }
    }

    private var words: String {
        let times = test.expectations.map {
            "\($0.fires ? "fires" : "does not fire") at \(PromQLText.duration($0.time))"
        }
        return "\(name) \(times.joined(separator: ", "))"
    }

    private func length(of samples: [[Double?]]) -> Duration {
        test.interval * max(1, (samples.map(\.count).max() ?? 1) - 1)
    }

    private func x(_ time: Duration, _ end: Duration) -> Double {
        let share = end > .zero ? time / end : 0
        return Self.inset + min(1, share) * (Self.width - Self.inset * 2)
    }

    /// - Parameter range: The smallest and the largest sample of all series, which have one scale.
    private func line(
        _ values: [Double?], _ index: Int, _ end: Duration, _ range: ClosedRange<Double>
    ) -> HTML {
        let (low, high) = (range.lowerBound, range.upperBound)
        var path = ""
        var isDrawing = false
        // More points than the line has units say nothing.
        let stride = max(1, values.count / 300)
        for (position, value) in values.enumerated() where position % stride == 0 || position == values.count - 1 {
            guard let value else {
                isDrawing = false
                continue
            }
            let share = high > low ? (value - low) / (high - low) : 0.5
            let y = Self.height - 6 - share * (Self.height - 22)
            path +=
                "\(isDrawing ? "L" : "M")\(TopologyDrawing.number(x(test.interval * position, end))) \(TopologyDrawing.number(y)) "
            isDrawing = true
        }
        return .element("path", [.class("samples"), .set("data-line", index), .set("d", path)])
    }

    private func mark(_ expectation: AlertTest.Expectation, _ end: Duration) -> HTML {
        let x = TopologyDrawing.number(x(expectation.time, end))
        return .element("g", [.class(expectation.fires ? "expectation fires" : "expectation quiet")]) {
            HTML.element("line", [.set("x1", x), .set("x2", x), .set("y1", "6"), .set("y2", "98")])
            HTML.element("circle", [.set("cx", x), .set("cy", "98"), .set("r", "5")])
        }
    }
}
