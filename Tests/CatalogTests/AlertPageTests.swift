import ContractExchange
import ContractGenerator
import ContractModel
import ContractPipeline
@testable import ContractSite
import Foundation
import JSONTape
import MonitoringCompiler
import MonitoringGenerator
import PromQL
import TestSupport
import Testing

/// The words, thresholds and charts of alerts.
@Suite struct AlertPageTests {
    private static let folders = Catalog.folders.filter {
        (try? String(contentsOfFile: $0 + "/topics.yaml", encoding: .utf8))?.contains("\nalerts:") == true
    }

    private static func site(_ folder: String) throws -> Site {
        let checked = try Catalog.checked(folder)
        return Site(checked.contract, checked.monitoring, examples: MessageExamples(checked.contract))
    }

    @Test("every alert has its condition in words", arguments: folders)
    func words(folder: String) throws {
        let site = try Self.site(folder)
        #expect(!site.alerts.isEmpty)
        for alert in site.alerts {
            let sentence = try #require(AlertWords(site: site, alert: alert).sentence, "\(alert.name)")
            #expect(sentence.contains("Fires when ") && sentence.hasSuffix("."), "\(sentence)")
        }
    }

    @Test("conditions of the platform's alerts in words")
    func sentences() throws {
        let site = try Self.site(Catalog.root + "/schemas")
        let sentences = site.alerts.reduce(into: [String: String]()) {
            $0[$1.name] = AlertWords(site: site, alert: $1).sentence
        }
        #expect(
            sentences["KafkaProducerHighLatency"]
                == "Fires when the 95th percentile of `tda_kafka_producer_latency_seconds` over 5 minutes is above "
                + "0.5 seconds (each topic by itself), and remains so for 5 minutes.")
        #expect(
            sentences["TDAProducerErrorRatio"]
                == "Fires when more than 5 % of the events of `tda_kafka_messages_produced_total` over 15 minutes have "
                + "status error (each topic by itself; at least 20 events), and remains so for 10 minutes.")
        #expect(
            sentences["TDADeliveryFastBurn"]
                == "At most 0.1 % of the events of `tda_kafka_messages_produced_total` may have status error. Fires when "
                + "more than 1.44 % do over 1 hour and over 5 minutes, or more than 0.6 % do over 6 hours and over "
                + "30 minutes, and remains so for 2 minutes.")
    }

    @Test(
        "expressions in words",
        arguments: [
            ("up == 0", "`up` is 0"), ("absent(up{job=\"a\"})", "no series of `up` with job a exists"),
            ("up", "`up` has a value"), ("a / b > 0.9", "`a` divided by `b` is above 0.9"),
            (
                "histogram_quantile(0.99, sum by (le, topic) (rate(x_bucket{a!=\"b\"}[5m]))) > 1",
                "the 99th percentile of `x` with a other than b over 5 minutes for each topic is above 1"
            ),
            (
                "sum by (topic) (increase(x_total[1h])) == 0 and y offset 1d",
                "the sum of the increase of `x_total` over 1 hour for each topic is 0, and `y`, 1 day earlier has a value"
            ),
            ("a > 1 or b < 2 unless c", "`a` is above 1, or `b` is below 2, but not where `c` has a value"),
            ("time() - (a + 1) >= 3", "the current time minus (`a` plus 1) is at least 3"),
            ("topk(3, a) > 0", "the 3 largest of `a` is above 0"), ("ceil(a) != 2", "ceil of `a` is not 2"),
            ("max_over_time(a[1h:5m]) > 1", "the maximum of `a` at each time of the last 1 hour is above 1"),
        ])
    func expressions(text: String, expected: String) throws {
        var findings: [Finding] = []
        let expression = try #require(Expression.parse(text, findings: &findings))
        #expect(ExpressionWords.condition(expression) == expected)
    }

    @Test("charts show when alerts are pending and fire, as their tests expect", arguments: folders)
    func timelines(folder: String) throws {
        let site = try Self.site(folder)
        for alert in site.alerts {
            for test in alert.tests {
                let subject = "\(alert.name) \(test.note ?? "")"
                let recordings = site.monitoring.alerts?.recordings ?? []
                let timeline = AlertTimeline(alert, test, until: test.length, recordings: recordings)
                let periods = try #require(timeline, "\(subject)").periods
                for expectation in test.expectations {
                    // Times are products of floating-point numbers.
                    let time = expectation.time + .milliseconds(1)
                    let fires = periods.contains { $0.state == .firing && $0.start <= time && time < $0.end }
                    #expect(fires == expectation.fires, "\(subject) at \(expectation.time)")
                }
                #expect(periods.contains { $0.state == .firing } || !test.fires, "\(subject)")
                for (period, next) in zip(periods, periods.dropFirst()) { #expect(period.end <= next.start) }
            }
        }
    }

    @Test("a threshold is marked on the side on which the alert fires")
    func thresholds() throws {
        let site = try Self.site(Catalog.root + "/schemas")
        let scales = site.alerts.reduce(into: [String: ThresholdScale]()) {
            $0[$1.name] = AlertThreshold(site: site, alert: $1).scale
        }
        #expect(scales["KafkaConnectionDown"]?.side == .equal)
        #expect(scales["KafkaProducerHighLatency"]?.marks.count == 11)
        #expect(scales["TDADeliveryFastBurn"]?.marks == [0, 0.001, 0.006, 0.0144, 1])
        #expect(scales["TDADeliveryFastBurn"]?.threshold == 0.006)
        #expect(scales["TDATopicSilentJobs"] == nil || scales["TDATopicSilentJobs"]?.side == .equal)
    }

    @Test("names of series show what differs between them")
    func seriesNames() {
        let names = [#"a{x="1",y="2"}"#, #"a{x="1",y="3"}"#].map(SeriesName.init)
        let common = SeriesName.common(names)
        #expect(common?.text == #"a{x="1"}"#)
        #expect(common.map { names[1].without($0) } == #"{y="3"}"#)
        #expect(SeriesName.common([SeriesName("a"), SeriesName("b")]) == nil)
    }

    @Test("alerts are the contract's in the rules and on their pages", arguments: folders)
    func agreement(folder: String) throws {
        let site = try Self.site(folder)
        let files = MonitoringGenerator(site.contract, site.monitoring).generate(format: .prometheus)
        let rules = try #require(files.first { $0.name.hasPrefix("alerts.") && !$0.name.contains(".test.") })
        var diagnostics = Diagnostics()
        let document = YAMLReader.read(Array(rules.contents.utf8), file: rules.name, diagnostics: &diagnostics)?
            .jsonValue
        guard case .array(let groups)? = document?.value(at: ["groups"]) else {
            Issue.record("the rules have no groups")
            return
        }
        let written = groups.flatMap { group -> [JSONValue] in
            if case .array(let rules)? = group.value(at: ["rules"]) { rules } else { [] }
        }
        let pages = SiteGenerator.generate(site)
        for alert in site.alerts {
            let rule = try #require(written.first { $0.value(at: ["alert"]) == .string(alert.name) }, "\(alert.name)")
            #expect(rule.value(at: ["expr"]) == .string(alert.expression.text))
            let hold = alert.holdsFor > .zero ? JSONValue.string(PromQLText.duration(alert.holdsFor)) : nil
            #expect(rule.value(at: ["for"]) == hold)
            for label in alert.labels { #expect(rule.value(at: ["labels", label.name]) == .string(label.text)) }
            for note in alert.annotations {
                #expect(rule.value(at: ["annotations", note.name]) == .string(note.text))
            }
            let page = try #require(pages.first { $0.name == site.pages[.alert(alert.name)] })
            #expect(page.contents.contains(HTML.text(alert.expression.text).markup), "\(alert.name)")
        }
        #expect(written.filter { $0.value(at: ["alert"]) != nil }.count == site.alerts.count)
    }
}
