import PrometheusMetrics
import Testing

struct RegistryTests {
    @Test(
        "invalid Prometheus names are errors",
        arguments: ["", "1st", "with-dash", "with space", "ümlaut", "a.b", "line\nbreak"])
    func refusesNames(name: String) {
        let registry = MetricRegistry()
        #expect(throws: RegistrationError.invalidMetricName(name)) {
            try registry.register(GaugeFamily(name, help: ""))
        }
        #expect(throws: RegistrationError.invalidLabelName(name, family: "g")) {
            try registry.register(GaugeFamily("g", help: "", labels: [Label(name, ["x"])]))
        }
    }

    @Test("a colon may be in a metric's name, and not in a label's; labels must not begin with __")
    func refusesLabelNames() throws {
        let registry = MetricRegistry()
        try registry.register(GaugeFamily("_a:B9", help: "", labels: [Label("_x9", ["1"])]))
        for name in ["a:b", "__name__"] {
            #expect(throws: RegistrationError.invalidLabelName(name, family: "g")) {
                try registry.register(GaugeFamily("g", help: "", labels: [Label(name, ["x"])]))
            }
        }
    }

    @Test("the label le is reserved for histograms")
    func refusesLe() throws {
        let registry = MetricRegistry()
        #expect(throws: RegistrationError.reservedLabel("le", family: "h")) {
            try registry.register(HistogramFamily("h", help: "", labels: [Label("le", ["1"])], upperBounds: [1]))
        }
        try registry.register(GaugeFamily("g", help: "", labels: [Label("le", ["1"])]))
    }

    @Test("a duplicate label or label value is an error")
    func refusesRepetition() {
        let registry = MetricRegistry()
        #expect(throws: RegistrationError.repeatedLabel("a", family: "g")) {
            try registry.register(GaugeFamily("g", help: "", labels: [Label("a", ["x"]), Label("a", ["y"])]))
        }
        #expect(throws: RegistrationError.repeatedLabelValue("x", label: "a", family: "g")) {
            try registry.register(GaugeFamily("g", help: "", labels: [Label("a", ["x", "y", "x"])]))
        }
    }

    @Test("a unit must be at the name's end")
    func refusesUnits() throws {
        let registry = MetricRegistry()
        try registry.register(
            GaugeFamily("a_seconds", help: "", unit: "seconds"),
            CounterFamily("b_bytes_total", help: "", unit: "bytes"),
            HistogramFamily("c_seconds", help: "", unit: "seconds", upperBounds: []))
        #expect(throws: RegistrationError.unitNotInName("seconds", family: "d_seconds_total")) {
            try registry.register(GaugeFamily("d_seconds_total", help: "", unit: "seconds"))
        }
        #expect(throws: RegistrationError.unitNotInName("seconds", family: "seconds")) {
            try registry.register(GaugeFamily("seconds", help: "", unit: "seconds"))
        }
    }

    @Test(
        "two families can't export the same name, in either format",
        arguments: [
            (.gauge("x"), .gauge("x"), "x"), (.counter("x_total"), .gauge("x"), "x"),
            (.counter("x"), .counter("x_total"), "x"), (.gauge("x_created"), .counter("x_total"), "x_created"),
            (.histogram("x"), .gauge("x_count"), "x_count"), (.counter("x_sum"), .histogram("x"), "x_sum"),
            (.gauge("x_bucket"), .histogram("x"), "x_bucket"),
        ] as [(Kind, Kind, String)])
    func refusesClashes(first: Kind, second: Kind, name: String) throws {
        for (first, second) in [(first, second), (second, first)] {
            let registry = MetricRegistry()
            try registry.register(first.family)
            #expect(
                throws: RegistrationError.nameTaken(
                    name, by: first.family.description.name, family: second.family.description.name)
            ) {
                try registry.register(second.family)
            }
        }
    }

    enum Kind: Sendable {
        case gauge(String)
        case counter(String)
        case histogram(String)

        var family: any MetricFamily {
            switch self {
            case .gauge(let name): GaugeFamily(name, help: "")
            case .counter(let name): CounterFamily(name, help: "")
            case .histogram(let name): HistogramFamily(name, help: "", upperBounds: [])
            }
        }
    }

    @Test("families are registered together or not at all")
    func registersAllOrNone() throws {
        let registry = MetricRegistry()
        let error = RegistrationError.nameTaken("a", by: "a", family: "a")
        #expect(throws: error) {
            try registry.register(GaugeFamily("a", help: ""), GaugeFamily("b", help: ""), GaugeFamily("a", help: ""))
        }
        #expect(registry.exposition().bytes.isEmpty)
        try registry.register(GaugeFamily("a", help: ""), GaugeFamily("b", help: ""))
        #expect(error.description == "a: the name a is taken by a")
    }
}
