import ContractEvolution
import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan
import TestSupport
import Testing

/// Random pairs of schemas, and random documents that no answer may contradict.
@Suite
struct ContainmentPropertyTests {
    @Test(arguments: 0..<40)
    func answersAgreeWithRandomDocuments(seed: UInt64) throws {
        var random = RandomSchemas(seed: seed)
        for _ in 0..<25 {
            let texts = random.pair()
            guard var pair = SchemaPair(texts.old, texts.new) else {
                Issue.record("not schemas: \(texts)")
                continue
            }
            var old = SchemaInterpreter(Plan(pair.models.old, roots: [pair.roots.old]))
            var new = SchemaInterpreter(Plan(pair.models.new, roots: [pair.roots.new]))
            let forward = pair.decide(from: .old)
            let backward = pair.decide(from: .new)
            for _ in 0..<60 {
                let text = random.document()
                let tape = try JSONTape(parsing: Array(text.utf8))
                let (isOld, isNew) = (old.isValid(tape), new.isValid(tape))
                if case .compatible = forward { #expect(!isOld || isNew, "\(texts) \(text)") }
                if case .compatible = backward { #expect(!isNew || isOld, "\(texts) \(text)") }
            }
        }
    }

    /// Python's `jsonschema` judges each counterexample by both schemas, which are of 2020-12.
    @Test
    func anIndependentValidatorConfirmsCounterexamples() throws {
        var random = RandomSchemas(seed: 7_919)
        var (lines, count): ([String], Int) = ([], 0)
        for _ in 0..<600 {
            let texts = random.pair()
            guard var pair = SchemaPair(texts.old, texts.new) else { continue }
            for (side, schemas) in [
                (ContainmentProver.Side.old, [texts.old, texts.new]), (.new, [texts.new, texts.old]),
            ] {
                guard case .incompatible(let value) = pair.decide(from: side) else { continue }
                lines.append("[\(schemas.joined(separator: ", ")), \(value.text)]")
                count += 1
            }
        }
        let script = """
            import json, sys
            from jsonschema import Draft202012Validator
            for line in sys.stdin:
                accepting, refusing, value = json.loads(line)
                if not Draft202012Validator(accepting).is_valid(value) or Draft202012Validator(refusing).is_valid(value):
                    print(line)
            """
        #expect(count > 300)
        let judged = try OutsideProgram.python(script).run(input: Array(lines.joined(separator: "\n").utf8))
        #expect(judged.status == 0 && judged.output.isEmpty, "\(judged.output)")
    }
}

/// Schemas and documents over a few names and values, so that they often meet.
struct RandomSchemas {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// Two schemas, of which the second is often a small change of the first.
    mutating func pair() -> (old: String, new: String) {
        let old = schema(depth: 3)
        switch below(3) {
        case 0: return (old, schema(depth: 3))
        case 1: return (old, #"{"allOf": [\#(old), \#(schema(depth: 1))]}"#)
        default: return (old, #"{"anyOf": [\#(old), \#(schema(depth: 2))]}"#)
        }
    }

    mutating func schema(depth: Int) -> String {
        if below(12) == 0 { return ["true", "false", "{}"][below(3)] }
        let members = (0...below(3)).map { _ in keyword(depth: depth) }
        var names: Set<String> = []
        let distinct = members.filter { names.insert($0.name).inserted }
        return "{" + distinct.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ") + "}"
    }

    private mutating func keyword(depth: Int) -> (name: String, value: String) {
        func pick(_ names: [String], _ random: inout SeededGenerator) -> String {
            names[Int(random.next() % UInt64(names.count))]
        }
        let scalars: [(inout Self) -> (String, String)] = [
            {
                (
                    "type",
                    "\"\(pick(["string", "integer", "number", "object", "array", "null", "boolean"], &$0.random))\""
                )
            },
            { ("minimum", String($0.below(4))) }, { ("maximum", String($0.below(4))) },
            { ("multipleOf", pick(["1", "2", "0.5"], &$0.random)) },
            { ("minLength", String($0.below(3))) }, { ("maxLength", String($0.below(3))) },
            { ("pattern", pick(["\"^a\"", "\"b$\"", "\"^[ab]*$\""], &$0.random)) },
            { ("enum", "[\($0.document()), \($0.document())]") }, { ("const", $0.document()) },
            { ("minItems", String($0.below(3))) }, { ("maxItems", String($0.below(3))) },
            { _ in ("uniqueItems", "true") },
            { ("required", "[\"\($0.name())\"]") }, { ("minProperties", String($0.below(3))) },
            { ("maxProperties", String($0.below(3))) },
            { ("dependentRequired", "{\"\($0.name())\": [\"\($0.name())\"]}") },
        ]
        let nested: [(inout Self, Int) -> (String, String)] = [
            { ("properties", "{\"\($0.name())\": \($0.schema(depth: $1))}") },
            { ("additionalProperties", $0.schema(depth: $1)) },
            { ("patternProperties", "{\"^\($0.name())\": \($0.schema(depth: $1))}") },
            { ("propertyNames", $0.schema(depth: $1)) },
            { ("items", $0.schema(depth: $1)) }, { ("prefixItems", "[\($0.schema(depth: $1))]") },
            { ("contains", $0.schema(depth: $1)) }, { ("not", $0.schema(depth: $1)) },
            { ("allOf", "[\($0.schema(depth: $1)), \($0.schema(depth: $1))]") },
            { ("anyOf", "[\($0.schema(depth: $1)), \($0.schema(depth: $1))]") },
            { ("oneOf", "[\($0.schema(depth: $1)), \($0.schema(depth: $1))]") },
            { ("if", $0.schema(depth: $1)) }, { ("then", $0.schema(depth: $1)) }, { ("else", $0.schema(depth: $1)) },
            { ("dependentSchemas", "{\"\($0.name())\": \($0.schema(depth: $1))}") },
            { ("unevaluatedProperties", $0.schema(depth: $1)) }, { ("unevaluatedItems", $0.schema(depth: $1)) },
        ]
        if depth > 0, below(2) == 0 { return nested[below(nested.count)](&self, depth - 1) }
        return scalars[below(scalars.count)](&self)
    }

    private mutating func name() -> String { ["a", "b", "ab"][below(3)] }

    /// The text of a value.
    mutating func document(depth: Int = 2) -> String {
        switch below(depth > 0 ? 8 : 5) {
        case 0: return "null"
        case 1: return ["true", "false"][below(2)]
        case 2: return ["0", "1", "2", "3", "0.5", "-1"][below(6)]
        case 3, 4: return ["\"\"", "\"a\"", "\"b\"", "\"ab\"", "\"c\""][below(5)]
        case 5: return "[" + (0..<below(3)).map { _ in document(depth: depth - 1) }.joined(separator: ",") + "]"
        default:
            let names = ["a", "b", "ab", "c"].filter { _ in below(2) == 0 }
            return "{" + names.map { "\"\($0)\":\(document(depth: depth - 1))" }.joined(separator: ",") + "}"
        }
    }

    private mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
}
