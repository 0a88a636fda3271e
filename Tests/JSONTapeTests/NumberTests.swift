import JSONTape
import TestSupport
import Testing

@Suite("numbers")
struct NumberTests {
    @Test(
        "all notations of a value are one number",
        arguments: [
            ["0", "-0", "0.0", "-0.00", "0e5", "0E-5", "-0.0e99999"],
            ["1", "1.0", "1e0", "10e-1", "0.1e1", "0.001E+3"],
            ["-12.5", "-1.25e1", "-125e-1", "-12.50"], ["1000", "1e3", "1.0e3", "0.1e4", "1000.000"],
            ["9223372036854775807", "9223372036854775807.0", "9.223372036854775807e18"],
            ["9223372036854775808", "9223372036854775808.0", "9.223372036854775808e18"],
            ["10000000000000000000", "1e19", "1.0e19"], ["18446744073709551615", "1.8446744073709551615e19"],
            ["1e400", "10e399", "0.1e401"], ["1e-400", "0.1e-399", "10e-401"],
            ["0.1", "1e-1", "0.10000000000000000000000"],
            ["123456789012345678901234567890", "1.2345678901234567890123456789e29"],
            ["1e99999999999999999", "10e99999999999999998"],
        ])
    func comparesValues(texts: [String]) throws {
        let numbers = try texts.map { try #require(JSONNumber(literal: $0)) }
        #expect(Set(numbers).count == 1)
        #expect(Set(numbers.map(\.description)).count == 1)
        for (text, number) in zip(texts, numbers) {
            #expect(JSONNumber(literal: number.description) == number)
            #expect(try parsed(text) == .number(number))
        }
    }

    @Test("numbers are in the order of their exact values")
    func ordersValues() throws {
        let texts = [
            "-1e500", "-1e400", "-1e308", "-18446744073709551616", "-9223372036854775809", "-9223372036854775808", "-2",
            "-1.5", "-1", "-0.1", "-1e-400", "0", "1e-500", "1e-400", "0.09999999999999999999", "0.1",
            "0.10000000000000000001", "0.5", "1", "1.00000000000000000001", "2", "10", "9007199254740992",
            "9007199254740992.5", "9007199254740993", "9223372036854775807", "9223372036854775807.5",
            "9223372036854775808",
            "18446744073709551615", "100000000000000000000", "1e308", "1e400", "2e400", "1e401",
        ]
        let numbers = try texts.map { try #require(JSONNumber(literal: $0)) }
        for (i, left) in numbers.enumerated() {
            for (j, right) in numbers.enumerated() where (left < right) != (i < j) || (left == right) != (i == j) {
                Issue.record("\(texts[i]) and \(texts[j])")
            }
        }
    }

    struct Reading: Sendable {
        var text: String
        var isInteger: Bool
        var integer: Int?
        var double: Double?
        var description: String
    }

    @Test(
        "a number is read as whole, as a double and in full",
        arguments: [
            Reading(text: "0", isInteger: true, integer: 0, double: 0, description: "0"),
            Reading(text: "-0", isInteger: true, integer: 0, double: -0.0, description: "0"),
            Reading(text: "-0.0", isInteger: true, integer: 0, double: -0.0, description: "0"),
            Reading(text: "1.0", isInteger: true, integer: 1, double: 1, description: "1"),
            Reading(text: "1e3", isInteger: true, integer: 1000, double: 1000, description: "1000"),
            Reading(text: "1.5", isInteger: false, integer: nil, double: 1.5, description: "1.5"),
            Reading(text: "15e-1", isInteger: false, integer: nil, double: 1.5, description: "1.5"),
            Reading(text: "150e-1", isInteger: true, integer: 15, double: 15, description: "15"),
            Reading(text: "0.1", isInteger: false, integer: nil, double: 0.1, description: "0.1"),
            Reading(
                text: "0.30000000000000004", isInteger: false, integer: nil, double: 0.1 + 0.2,
                description: "0.30000000000000004"),
            Reading(text: "123456.789", isInteger: false, integer: nil, double: 123456.789, description: "123456.789"),
            Reading(
                text: "999999999999999999", isInteger: true, integer: 999_999_999_999_999_999, double: 1e18,
                description: "999999999999999999"),
            Reading(
                text: "9223372036854775807", isInteger: true, integer: .max, double: 0x1p63,
                description: "9223372036854775807"),
            Reading(
                text: "-9223372036854775808", isInteger: true, integer: .min, double: -0x1p63,
                description: "-9223372036854775808"),
            Reading(
                text: "9223372036854775808", isInteger: true, integer: nil, double: 0x1p63,
                description: "9223372036854775808"),
            Reading(
                text: "-9223372036854775809", isInteger: true, integer: nil, double: -0x1p63,
                description: "-9223372036854775809"),
            Reading(
                text: "9007199254740993", isInteger: true, integer: 9_007_199_254_740_993, double: 0x1p53,
                description: "9007199254740993"),
            Reading(text: "1e19", isInteger: true, integer: nil, double: 1e19, description: "1e+19"),
            Reading(text: "1e308", isInteger: true, integer: nil, double: 1e308, description: "1e+308"),
            Reading(text: "1e400", isInteger: true, integer: nil, double: nil, description: "1e400"),
            Reading(text: "-1e400", isInteger: true, integer: nil, double: nil, description: "-1e400"),
            Reading(text: "1e-400", isInteger: false, integer: nil, double: 0, description: "1e-400"),
            Reading(
                text: "5e-324", isInteger: false, integer: nil, double: .leastNonzeroMagnitude, description: "5e-324"),
            Reading(
                text: "1e99999999999999999999", isInteger: true, integer: nil, double: nil,
                description: "1e144115188075855871"),
            Reading(
                text: "0.000000001234567890123456789", isInteger: false, integer: nil,
                double: 0.000000001234567890123456789, description: "0.000000001234567890123456789"),
            Reading(
                text: "123456789012345678901234567890.5", isInteger: false, integer: nil,
                double: 123456789012345678901234567890.5, description: "123456789012345678901234567890.5"),
        ])
    func reads(row: Reading) throws {
        let tape = try JSONTape(parsing: row.text.utf8)
        let isInteger = tape.isInteger(at: .root)
        let integer = tape.integer(at: .root)
        let double = tape.double(at: .root)
        let number = tape.number(at: .root)
        #expect(isInteger == row.isInteger)
        #expect(number.isInteger == row.isInteger)
        #expect(integer == row.integer)
        #expect(number.int64Value == row.integer.map(Int64.init))
        #expect(double?.bitPattern == row.double?.bitPattern)
        #expect(number.description == row.description)
    }

    @Test("a whole number of a hundred digits keeps every digit")
    func keepsManyDigits() throws {
        let text = "1234567890".padding(to: 99) + "7"
        let number = try #require(JSONNumber(literal: text))
        #expect(number.description == text)
        #expect(number.isInteger)
        #expect(number.int64Value == nil)
        #expect(try parsed(text) == .number(number))
        #expect(number < (try #require(JSONNumber(literal: text.dropLast() + "8"))))
    }

    @Test("a Swift number is the number that JSON writes for it")
    func convertsFromSwift() throws {
        #expect(JSONNumber(UInt64.max) == JSONNumber(literal: "18446744073709551615"))
        #expect(JSONNumber(10_000_000_000_000_000_000 as UInt64) == JSONNumber(literal: "1e19"))
        #expect(JSONNumber(Int128.min).description == "-170141183460469231731687303715884105728")
        #expect(JSONNumber(0.1) == JSONNumber(literal: "0.1"))
        #expect(JSONNumber(1.0) == 1)
        #expect(JSONNumber(-0.0) == 0)
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(Double.nan) == nil)
        for value in [
            0x1p53, 0x1p60, -0x1p63, 0x1p63, 1e23, 0x1p64, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 0.1,
        ] {
            let number = try #require(JSONNumber(value))
            #expect(number == JSONNumber(literal: value.description))
            #expect(number == JSONNumber(literal: number.description))
            #expect(number.doubleValue == value)
            #expect(number.isInteger == (value.rounded() == value))
        }
    }

    @Test(
        "invalid literals are rejected",
        arguments: ["", "-", "01", "1.", ".5", "1e", "+1", "1 ", " 1", "0x1", "NaN", "1e+", "١", "--1", "1.e1"])
    func refusesLiterals(text: String) {
        #expect(JSONNumber(literal: text) == nil)
    }

    @Test("doubles of all bit patterns and short decimals survive a round trip in the shortest text")
    func roundTripsDoubles() throws {
        var random = SeededGenerator(seed: 2)
        for round in 0..<20_000 {
            let value: Double
            switch round % 4 {
            case 0: value = Double(bitPattern: random.next())
            case 1: value = Double(random.below(2_000_000_000) - 1_000_000_000) / 1000
            case 2: value = Double(Int64(truncatingIfNeeded: random.next()) >> Int64(random.below(60)))
            default: value = Double(random.below(1 << 50)) / random.pick([1, 10, 100, 1000, 10_000, 8, 3])
            }
            guard value.isFinite else { continue }
            let written = try text { $0.write(value) }
            var shortest = value.description
            if shortest.hasSuffix(".0") { shortest.removeLast(2) }
            if written != shortest { Issue.record("\(value) was written as \(written)") }
            let tape = try JSONTape(parsing: written.utf8)
            if tape.double(at: .root)?.bitPattern != value.bitPattern {
                Issue.record("\(value) was read from \(written)")
            }
        }
    }

    @Test("any literal reads as the double nearest to it, and as a number that writes the same value")
    func agreesWithStandardLibrary() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            let literal = random.numberText()
            let tape = try JSONTape(parsing: literal.utf8)
            let expected = Double(literal).flatMap { $0.isFinite ? $0 : nil }
            if tape.double(at: .root)?.bitPattern != expected?.bitPattern { Issue.record("double of \(literal)") }
            let number = tape.number(at: .root)
            if JSONNumber(literal: literal) != number { Issue.record("number of \(literal)") }
            if JSONNumber(literal: number.description) != number { Issue.record("description of \(literal)") }
            if tape.integer(at: .root).map(Int64.init) != number.int64Value { Issue.record("integer of \(literal)") }
            if let integer = Int(literal), tape.integer(at: .root) != integer { Issue.record("integer of \(literal)") }
        }
    }

    @Test("values that are not numbers have no numeric value", arguments: [#""12""#, "[1,2]", "true", "null", "{}"])
    func readsOnlyNumbers(text: String) throws {
        let tape = try JSONTape(parsing: text.utf8)
        let values = (
            tape.integer(at: .root), tape.double(at: .root), tape.isInteger(at: .root), tape.number(at: .root)
        )
        #expect(values.0 == nil && values.1 == nil && !values.2 && values.3 == 0)
    }
}

extension String {
    /// The text repeated up to a length.
    fileprivate func padding(to length: Int) -> String {
        String(repeatElement(self, count: length / count + 1).joined().prefix(length))
    }
}
