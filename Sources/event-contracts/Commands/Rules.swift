import ArgumentParser
import ContractEvolution
import ContractModel
import JSONTape

struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the rules that a contract must follow.",
        discussion: """
            Each line has a rule's id, its level and its meaning. '+' marks rules that 'allow' can turn off. \
            'event-contracts --explain RULE' prints the page of a rule.

            EXAMPLES
              event-contracts rules
              event-contracts rules --format json
              event-contracts --explain unknown-topic

            \(ExitStatus.help)
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Option(help: "How the list is written: text or json.")
    var format: Format = .text

    func run() {
        let pages = Rule.allCases.map(RulePage.init)
        switch format {
        case .text: StandardStream.output.write(pages.map(Self.line).joined())
        case .json: StandardStream.output.write(JSONValue.array(pages.map(Self.value)).jsonText + "\n")
        }
    }

    private static func line(_ page: RulePage) -> String {
        let mark = Rule.allowable.contains(page.rule) ? "+" : " "
        return "\(page.rule.rawValue.padded(to: 24)) \(mark) \(page.rule.levelName.padded(to: 17)) \(page.summary)\n"
    }

    private static func value(_ page: RulePage) -> JSONValue {
        [
            "rule": .string(page.rule.rawValue), "level": .string(page.rule.levelName),
            "allowable": .bool(Rule.allowable.contains(page.rule)), "meaning": .string(page.summary),
            "page": .string(page.rule.page),
        ]
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
