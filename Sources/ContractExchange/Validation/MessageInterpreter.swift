package import ContractModel
import MessageCoding
package import JSONTape
package import SchemaCompiler
package import SchemaPlan

/// A validator of a message's values without generated code, for tools that have a contract alone.
package struct MessageInterpreter {
    private let interpreter: SchemaInterpreter
    /// The position of the message's schema among the roots of the plan.
    private let root: Int
    private let rules: EventRules
    /// The events of the rules.
    private let events: KeyTable
    /// The message's sensitive values, of which failures say only what was expected.
    private let sensitive: SensitiveFields?

    /// Returns the interpreters of a contract's messages, in the order of the messages.
    package static func all(of contract: CompiledContract) -> [MessageInterpreter] {
        let interpreter = SchemaInterpreter(contract.plan)
        return contract.messages.enumerated().map { index, message in
            MessageInterpreter(
                interpreter: interpreter, root: index, rules: message.rules,
                sensitive: message.protection?.graph.fields)
        }
    }

    /// Returns the interpreters of messages as they are sent, with encrypted values, in the order of the messages.
    ///
    /// A message whose schema can't be written for what is sent is reported, and its plain schema stands in.
    package static func allEncrypted(
        of contract: CompiledContract, diagnostics: inout Diagnostics
    ) -> [MessageInterpreter] {
        zip(contract.messages, all(of: contract)).map { message, plain in
            guard let protection = message.protection, protection.encrypts,
                let plan = contract.wirePlan(of: message, diagnostics: &diagnostics)
            else { return plain }
            return MessageInterpreter(
                interpreter: SchemaInterpreter(plan), root: 0, rules: message.rules.encrypted(by: protection),
                sensitive: plain.sensitive)
        }
    }

    private init(interpreter: SchemaInterpreter, root: Int, rules: EventRules, sensitive: SensitiveFields?) {
        self.interpreter = interpreter
        self.root = root
        self.rules = rules
        events = KeyTable(rules.rules.map(\.event))
        self.sensitive = sensitive
    }

    /// Returns all violations by a value, in the order in which a generated validator finds them.
    ///
    /// - Parameter value: The message on the tape, such as the value of a record.
    package func failures(in tape: borrowing JSONTape, from value: JSONTape.Index = .root) -> [SchemaFailure] {
        var failures = allFailures(in: tape, from: value)
        guard let sensitive, !failures.isEmpty else { return failures }
        let redacted = sensitive.redacted(failures.map(\.failure), below: tape.pointer(to: value).tokens.count)
        for (index, failure) in redacted.enumerated() { failures[index].failure = failure }
        return failures
    }

    private func allFailures(in tape: borrowing JSONTape, from value: JSONTape.Index) -> [SchemaFailure] {
        var interpreter = interpreter
        let failures = interpreter.failures(tape, at: value, root: root)
        var report = AllFailures(limit: max(0, AllFailures.defaultLimit - failures.count))
        if failures.count < AllFailures.defaultLimit { checkEvent(tape, from: value, &report) }
        return failures
            + report.failures.map { failure in
                // A rule of the manifest, which no reference leads to.
                SchemaFailure(
                    failure: failure,
                    keywordLocation: JSONPointer(fragment: failure.schema.drop { $0 != "#" }.dropFirst())
                        ?? JSONPointer(),
                    absoluteKeywordLocation: failure.schema)
            }
    }

    private func checkEvent(
        _ tape: borrowing JSONTape, from value: JSONTape.Index, _ report: inout AllFailures
    ) {
        for rule in eventRules(tape, from: value) {
            for fixed in rule.fixed {
                let parent = tape.find(fixed.pointer.parent, from: value)
                _ = report.require(
                    fixed.pointer.tokens.last ?? "", in: parent, of: tape, toEqual: fixed.value,
                    by: "\(rule.location)/fixed")
            }
            for pointer in rule.required {
                guard let parent = tape.find(pointer.parent, from: value),
                    tape.find(pointer, from: value) == nil
                else { continue }
                _ = report.missing(
                    pointer.tokens.last ?? "", in: parent, of: tape, by: "\(rule.location)/requires")
            }
            for pointer in rule.forbidden {
                _ = report.require(
                    no: pointer.tokens.last ?? "", in: tape.find(pointer.parent, from: value), of: tape,
                    by: "\(rule.location)/forbids")
            }
        }
    }

    /// Returns the rules of a message's event.
    private func eventRules(_ tape: borrowing JSONTape, from value: JSONTape.Index) -> ArraySlice<EventRules.Rule> {
        guard let discriminator = rules.discriminator else { return rules.rules[...] }
        guard let event = tape.find(discriminator, from: value) else { return [] }
        let position = events.position(of: event, in: tape)
        return position < 0 ? [] : rules.rules[position...position]
    }
}
