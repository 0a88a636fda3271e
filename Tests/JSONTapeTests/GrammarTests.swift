import JSONTape
import Testing

@Suite("the grammar of RFC 8259")
struct GrammarTests {
    @Test("a JSON text is accepted", arguments: accepted)
    func accepts(notation: String) {
        #expect(syntaxError(bytes(notation)) == nil)
    }

    @Test("any kind of white space is allowed around any token", arguments: ["", " ", "\t", "\n", "\r", "\r\n \t"])
    func acceptsWhitespace(space: String) throws {
        let tokens = [
            "{", #""a""#, ":", "[", "1", ",", "true", ",", "{", "}", ",", "[", "]", "]", ",", #""b""#, ":", "null", "}",
        ]
        let expected: JSONValue = ["a": [1, true, [:], []], "b": nil]
        #expect(try parsed(space + tokens.joined(separator: space) + space) == expected)
    }

    @Test("an invalid text is rejected at its first invalid byte", arguments: refused)
    func refuses(row: Refusal) {
        #expect(syntaxError(bytes(row.notation)) == JSONSyntaxError(row.reason, at: row.offset))
    }

    @Test("every beginning of a document is refused")
    func refusesPrefixes() {
        let document = Array(#"{"a":[1.5e3,true,false,null,"\u00e9\n"],"b":{"c":"\ud83d\ude00 é"}}"#.utf8)
        #expect(syntaxError(document) == nil)
        for length in 0..<document.count {
            let error = syntaxError(document[..<length])
            let isInsideScalar = document[length] & 0xC0 == 0x80
            let isAfterHalfPair = document[..<length].suffix(6).elementsEqual(#"\ud83d"#.utf8)
            switch error?.reason {
            case .unexpectedEnd: #expect(error?.offset == length)
            case .invalidUTF8: #expect(isInsideScalar)
            case .loneSurrogate: #expect(isAfterHalfPair || document[..<length].last == UInt8(ascii: "\\"))
            default: Issue.record("\(length) bytes: \(String(describing: error))")
            }
        }
    }

    @Test("only white space is allowed before and after the value", arguments: 0...UInt8.max)
    func refusesBytesAround(byte: UInt8) {
        let isSpace = [0x20, 0x09, 0x0A, 0x0D].contains(byte)
        #expect((syntaxError([0x5B, 0x5D, byte]) == nil) == isSpace)
        #expect((syntaxError([byte, 0x5B, 0x5D]) == nil) == isSpace)
    }

    @Test(
        "a string may hold every byte but quotes, backslashes, controls and halves of UTF-8", arguments: 0...UInt8.max)
    func checksBytesInStrings(byte: UInt8) {
        let expected: JSONSyntaxError.Reason? =
            switch byte {
            case 0x00..<0x20: .controlCharacter
            case 0x22: .trailingBytes
            case 0x5C: .unexpectedEnd
            case 0x80...: .invalidUTF8
            default: nil
            }
        // At every place of a word, so that no lane of the scan differs.
        for before in 0..<17 {
            let text = [0x22] + Array(repeating: 0x61 as UInt8, count: before) + [byte, 0x22]
            let error = syntaxError(text)
            #expect(error?.reason == expected)
            if expected == .controlCharacter || expected == .invalidUTF8 { #expect(error?.offset == before + 1) }
        }
    }

    @Test("arrays and objects nest up to the maximum depth", arguments: [0, 1, 2, 63, 512])
    func boundsDepth(depth: Int) {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + "0" + String(repeating: "]", count: depth)).utf8)
        }
        #expect(syntaxError(nested(depth), maximumDepth: depth) == nil)
        #expect(syntaxError(nested(depth + 1), maximumDepth: depth) == JSONSyntaxError(.tooDeep, at: depth))
        let objects = String(repeating: #"{"a":"#, count: depth + 1)
        #expect(syntaxError(objects.utf8, maximumDepth: depth) == JSONSyntaxError(.tooDeep, at: depth * 5))
    }

    @Test("depth is that of open containers, not their number")
    func countsOpenContainers() {
        let text = "[" + Array(repeating: "[[]]", count: 1000).joined(separator: ",") + "]"
        #expect(syntaxError(text.utf8, maximumDepth: 3) == nil)
    }

    @Test("an error has its reason and place")
    func describesError() {
        #expect(JSONSyntaxError(.expectedColon, at: 4).description == "expected ':' after a member's name (at byte 4)")
    }
}

// MARK: - Tables

struct Refusal: CustomTestStringConvertible, Sendable {
    var notation: String
    var reason: JSONSyntaxError.Reason
    var offset: Int

    init(_ notation: String, _ reason: JSONSyntaxError.Reason, _ offset: Int) {
        self.notation = notation
        self.reason = reason
        self.offset = offset
    }

    var testDescription: String { notation }
}

private let accepted: [String] = [
    // Literals and containers
    "null", "true", "false", "[]", "{}", "[[]]", "[{}]", #"{"":{}}"#, #"{"":""}"#, "[null,true,false]", "[ ]", "{ }",
    "[1,2,3]", "[[[]],[]]", #"{"a":1,"b":2}"#, #"{"a":1,"a":2}"#, #"{"a":{"b":[{"c":null}]}}"#, " true ", "\n[\n]\n",
    #"[{"a":[]},{"b":{}}]"#, #"[1,"a",true,null,{},[]]"#,
    // Numbers
    "0", "-0", "1", "-1", "9", "10", "1234567890", "0.0", "-0.0", "0.1", "1.0", "1.50", "0e0", "0E0", "0e+0", "0e-0",
    "-0e-0", "1e1", "1E1", "1e+1", "1e-1", "1E+1", "1E-1", "1.5e3", "1.5E+3", "-1.5E-3", "1e01", "1e000", "1e400",
    "-1e400", "1e-400", "1e99999999999999999999", "0.00000000000000000000000000000000001", "9223372036854775808",
    "-9223372036854775809", "123456789012345678901234567890123456789012345678901234567890", "0.30000000000000004",
    // Strings
    #""""#, #""a""#, #""abcdefg""#, #""abcdefgh""#, #""abcdefghi""#, #""<7F>""#, #""'""#, #""/""#, #""{}[]:,""#,
    #""\"""#, #""\\""#, #""\/""#, #""\b\f\n\r\t""#, #""\u0000""#, #""\u0022\u005c""#, #""\u00e9\u00E9""#,
    #""\uabcd\uABCD""#,
    #""\ud7ff\ue000""#, #""\uD83D\uDE00""#, #""\ud800\udc00""#, #""\udbff\udfff""#, #""\uffff\ufffe""#, #""a\\\\""#,
    #""\\u0041""#, #""\\\"""#, #""a\nb\tc\rd""#, #""1234567\n""#, #""12345678\n""#,
    // UTF-8, at the ends of each row of Unicode's table 3-7
    #""<C2><80>""#, #""<DF><BF>""#, #""<E0><A0><80>""#, #""<EC><BF><BF>""#, #""<ED><9F><BF>""#, #""<EE><80><80>""#,
    #""<EF><BF><BF>""#, #""<EF><BB><BF>""#, #""<F0><90><80><80>""#, #""<F3><BF><BF><BF>""#, #""<F4><8F><BF><BF>""#,
    #""é""#, #""日本語""#, #""😀""#, #""aé日😀z""#, #"{"é":"😀"}"#, #""é\né""#, #""\u00e9é""#,
]

private let refused: [Refusal] = [
    // Nothing there, or nothing that starts a value
    Refusal("", .unexpectedEnd, 0), Refusal(" ", .unexpectedEnd, 1), Refusal("\n\t \r", .unexpectedEnd, 4),
    Refusal("<EF><BB><BF>{}", .expectedValue, 0), Refusal("<00>", .expectedValue, 0),
    Refusal("<0B>1", .expectedValue, 0),
    Refusal("<0C>1", .expectedValue, 0), Refusal("<C2><A0>1", .expectedValue, 0), Refusal("]", .expectedValue, 0),
    Refusal("}", .expectedValue, 0), Refusal(",", .expectedValue, 0), Refusal(":", .expectedValue, 0),
    Refusal("a", .expectedValue, 0), Refusal("'a'", .expectedValue, 0), Refusal("`a`", .expectedValue, 0),
    Refusal("undefined", .expectedValue, 0), Refusal("NaN", .expectedValue, 0), Refusal("Infinity", .expectedValue, 0),
    Refusal("// a", .expectedValue, 0), Refusal("/* a */ 1", .expectedValue, 0), Refusal("# a", .expectedValue, 0),
    Refusal("\\", .expectedValue, 0), Refusal("\\u0031", .expectedValue, 0), Refusal("(1)", .expectedValue, 0),
    // Literals
    Refusal("t", .unexpectedEnd, 1), Refusal("tru", .unexpectedEnd, 3), Refusal("f", .unexpectedEnd, 1),
    Refusal("fals", .unexpectedEnd, 4), Refusal("n", .unexpectedEnd, 1), Refusal("nul", .unexpectedEnd, 3),
    Refusal("trun", .invalidLiteral, 3), Refusal("tRUE", .invalidLiteral, 1), Refusal("True", .expectedValue, 0),
    Refusal("FALSE", .expectedValue, 0), Refusal("falsy", .invalidLiteral, 4), Refusal("nil", .invalidLiteral, 1),
    Refusal("nul<00>", .invalidLiteral, 3), Refusal("truee", .trailingBytes, 4), Refusal("nulll", .trailingBytes, 4),
    Refusal("true false", .trailingBytes, 5), Refusal("[tru]", .invalidLiteral, 4),
    Refusal("[t,1]", .invalidLiteral, 2),
    Refusal("nan", .invalidLiteral, 1),
    // Numbers
    Refusal("-", .unexpectedEnd, 1), Refusal("--1", .invalidNumber, 1), Refusal("+1", .expectedValue, 0),
    Refusal("-a", .invalidNumber, 1), Refusal("-Infinity", .invalidNumber, 1), Refusal("- 1", .invalidNumber, 1),
    Refusal("01", .invalidNumber, 1), Refusal("00", .invalidNumber, 1), Refusal("-01", .invalidNumber, 2),
    Refusal("-00", .invalidNumber, 2), Refusal(".5", .expectedValue, 0), Refusal("-.5", .invalidNumber, 1),
    Refusal("1.", .unexpectedEnd, 2), Refusal("1.e5", .invalidNumber, 2), Refusal("1.a", .invalidNumber, 2),
    Refusal("1..2", .invalidNumber, 2), Refusal("1.2.3", .trailingBytes, 3), Refusal("1.-2", .invalidNumber, 2),
    Refusal("1e", .unexpectedEnd, 2), Refusal("1e+", .unexpectedEnd, 3), Refusal("1e-", .unexpectedEnd, 3),
    Refusal("1ea", .invalidNumber, 2), Refusal("1e+a", .invalidNumber, 3), Refusal("1e++1", .invalidNumber, 3),
    Refusal("1e1.5", .trailingBytes, 3), Refusal("1e1e1", .trailingBytes, 3), Refusal("1 e1", .trailingBytes, 2),
    Refusal("0x10", .trailingBytes, 1), Refusal("1_000", .trailingBytes, 1), Refusal("1,000", .trailingBytes, 1),
    Refusal("1f", .trailingBytes, 1), Refusal("0b1", .trailingBytes, 1), Refusal("1 2", .trailingBytes, 2),
    Refusal("1<00>", .trailingBytes, 1), Refusal("-<00>", .invalidNumber, 1), Refusal("[-]", .invalidNumber, 2),
    Refusal("[1.]", .invalidNumber, 3), Refusal("[1e]", .invalidNumber, 3), Refusal("[012]", .invalidNumber, 2),
    Refusal("<EF><BC><91>", .expectedValue, 0), Refusal("1<EF><BC><91>", .trailingBytes, 1),
    // Arrays
    Refusal("[", .unexpectedEnd, 1), Refusal("[ ", .unexpectedEnd, 2), Refusal("[1", .unexpectedEnd, 2),
    Refusal("[1,", .unexpectedEnd, 3), Refusal("[1, ", .unexpectedEnd, 4), Refusal("[1,]", .expectedValue, 3),
    Refusal("[,1]", .expectedValue, 1), Refusal("[,]", .expectedValue, 1), Refusal("[1,,2]", .expectedValue, 3),
    Refusal("[1 2]", .expectedCommaOrEnd, 3), Refusal("[1}", .expectedCommaOrEnd, 2), Refusal("[}", .expectedValue, 1),
    Refusal("[]]", .trailingBytes, 2), Refusal("[] []", .trailingBytes, 3), Refusal("[1:2]", .expectedCommaOrEnd, 2),
    Refusal("[[]", .unexpectedEnd, 3), Refusal("[[1]2]", .expectedCommaOrEnd, 4),
    Refusal("[1;2]", .expectedCommaOrEnd, 2),
    Refusal("[{]", .expectedKey, 2), Refusal("[<00>]", .expectedValue, 1), Refusal("[1<00>]", .expectedCommaOrEnd, 2),
    Refusal("[1]<00>", .trailingBytes, 3), Refusal("[],", .trailingBytes, 2),
    Refusal("[1 // a\n]", .expectedCommaOrEnd, 3),
    Refusal(#"["a" "b"]"#, .expectedCommaOrEnd, 5), Refusal("[1,<0C>2]", .expectedValue, 3),
    Refusal("[*]", .expectedValue, 1),
    // Objects
    Refusal("{", .unexpectedEnd, 1), Refusal("{ ", .unexpectedEnd, 2), Refusal("{]", .expectedKey, 1),
    Refusal(#"{""#, .unexpectedEnd, 2), Refusal(#"{"a"#, .unexpectedEnd, 3), Refusal(#"{"a""#, .unexpectedEnd, 4),
    Refusal(#"{"a":"#, .unexpectedEnd, 5), Refusal(#"{"a":1"#, .unexpectedEnd, 6),
    Refusal(#"{"a":1,"#, .unexpectedEnd, 7),
    Refusal(#"{"a"}"#, .expectedColon, 4), Refusal(#"{"a" 1}"#, .expectedColon, 5),
    Refusal(#"{"a"=1}"#, .expectedColon, 4),
    Refusal(#"{"a",1}"#, .expectedColon, 4), Refusal(#"{"a"::1}"#, .expectedValue, 5),
    Refusal(#"{"a":}"#, .expectedValue, 5),
    Refusal(#"{"a":,}"#, .expectedValue, 5), Refusal(#"{"a":1,}"#, .expectedKey, 7),
    Refusal(#"{,"a":1}"#, .expectedKey, 1),
    Refusal(#"{"a":1,,"b":2}"#, .expectedKey, 7), Refusal(#"{"a":1 "b":2}"#, .expectedCommaOrEnd, 7),
    Refusal(#"{"a":1]"#, .expectedCommaOrEnd, 6), Refusal(#"{"a":1:2}"#, .expectedCommaOrEnd, 6),
    Refusal("{a:1}", .expectedKey, 1), Refusal("{'a':1}", .expectedKey, 1), Refusal("{1:1}", .expectedKey, 1),
    Refusal("{null:1}", .expectedKey, 1), Refusal("{[]:1}", .expectedKey, 1), Refusal("{}}", .trailingBytes, 2),
    Refusal("{}{}", .trailingBytes, 2), Refusal("{} x", .trailingBytes, 3), Refusal(#"{"a":1}}"#, .trailingBytes, 7),
    Refusal(#"{"a":{"b":1}"#, .unexpectedEnd, 12), Refusal(#"{"a"<00>:1}"#, .expectedColon, 4),
    Refusal(#"{"a<0A>":1}"#, .controlCharacter, 3), Refusal(#"{"a":1;"b":2}"#, .expectedCommaOrEnd, 6),
    // Strings
    Refusal(#"""#, .unexpectedEnd, 1), Refusal(#""a"#, .unexpectedEnd, 2), Refusal(#""abcdefgh"#, .unexpectedEnd, 9),
    Refusal(#""abcdefghijklmno"#, .unexpectedEnd, 16), Refusal(#""a\""#, .unexpectedEnd, 4),
    Refusal(#""\"#, .unexpectedEnd, 2),
    Refusal(#""a\\\""#, .unexpectedEnd, 6), Refusal(#""a"b""#, .trailingBytes, 3),
    Refusal(#""a""b""#, .trailingBytes, 3),
    Refusal(#""<00>""#, .controlCharacter, 1), Refusal(#""a<1F>""#, .controlCharacter, 2),
    Refusal("\"a\nb\"", .controlCharacter, 2),
    Refusal("\"\t\"", .controlCharacter, 1), Refusal(#""\n<0A>""#, .controlCharacter, 3),
    Refusal(#""<00>"#, .controlCharacter, 1),
    Refusal(#""\<00>""#, .invalidEscape, 2), Refusal(#""\a""#, .invalidEscape, 2), Refusal(#""\v""#, .invalidEscape, 2),
    Refusal(#""\0""#, .invalidEscape, 2), Refusal(#""\x41""#, .invalidEscape, 2), Refusal(#""\'""#, .invalidEscape, 2),
    Refusal(#""\ ""#, .invalidEscape, 2), Refusal(#""\N""#, .invalidEscape, 2),
    Refusal(#""\U0041""#, .invalidEscape, 2),
    Refusal(#""ab\é""#, .invalidEscape, 4), Refusal(#""\u""#, .invalidEscape, 3), Refusal(#""\u"#, .unexpectedEnd, 3),
    Refusal(#""\u00"#, .unexpectedEnd, 5), Refusal(#""\u004""#, .invalidEscape, 6),
    Refusal(#""\u004g""#, .invalidEscape, 6),
    Refusal(#""\u00 41""#, .invalidEscape, 5), Refusal(#""\u+041""#, .invalidEscape, 3),
    Refusal(#""\u-041""#, .invalidEscape, 3),
    Refusal(#""\u0x41""#, .invalidEscape, 4), Refusal(#""\u{41}""#, .invalidEscape, 3),
    Refusal(#""\u<EF><BC><90>041""#, .invalidEscape, 3),
    Refusal(#""\u004:""#, .invalidEscape, 6), Refusal(#""\u004@""#, .invalidEscape, 6),
    Refusal(#""\u004G""#, .invalidEscape, 6),
    // Surrogates: at the backslash of the first that lacks its other half
    Refusal(#""\ud800""#, .loneSurrogate, 1), Refusal(#""\udbff""#, .loneSurrogate, 1),
    Refusal(#""\udc00""#, .loneSurrogate, 1),
    Refusal(#""\uDFFF""#, .loneSurrogate, 1), Refusal(#""a\udc00\ud800""#, .loneSurrogate, 2),
    Refusal(#""\ud800\ud800""#, .loneSurrogate, 1),
    Refusal(#""\ud800\u0041""#, .loneSurrogate, 1), Refusal(#""\ud800\n""#, .loneSurrogate, 1),
    Refusal(#""\ud800a""#, .loneSurrogate, 1),
    Refusal(#""\ud800 \udc00""#, .loneSurrogate, 1), Refusal(#""\ud83d\ude00\ud83d""#, .loneSurrogate, 13),
    Refusal(#""\ud800\u00""#, .invalidEscape, 11), Refusal(#""\ud800\udc0""#, .invalidEscape, 12),
    Refusal(#""\ud800\u"#, .unexpectedEnd, 9),
    Refusal(#""\ud800\udc0"#, .unexpectedEnd, 12), Refusal(#""\ud800"#, .loneSurrogate, 1),
    Refusal(#""\ud800\"#, .loneSurrogate, 1),
    // UTF-8: at the first byte of the first ill-formed sequence, wherever escapes stand
    Refusal(#""<80>""#, .invalidUTF8, 1), Refusal(#""<BF>""#, .invalidUTF8, 1),
    Refusal(#""<C0><80>""#, .invalidUTF8, 1),
    Refusal(#""<C1><BF>""#, .invalidUTF8, 1), Refusal(#""<C2>""#, .invalidUTF8, 1),
    Refusal(#""<C2><7F>""#, .invalidUTF8, 1),
    Refusal(#""<C2><C0>""#, .invalidUTF8, 1), Refusal(#""<E0><80><80>""#, .invalidUTF8, 1),
    Refusal(#""<E0><9F><BF>""#, .invalidUTF8, 1),
    Refusal(#""<E2><82>""#, .invalidUTF8, 1), Refusal(#""<ED><A0><80>""#, .invalidUTF8, 1),
    Refusal(#""<ED><BF><BF>""#, .invalidUTF8, 1),
    Refusal(#""<F0><80><80><80>""#, .invalidUTF8, 1), Refusal(#""<F0><8F><BF><BF>""#, .invalidUTF8, 1),
    Refusal(#""<F0><9F><98>""#, .invalidUTF8, 1), Refusal(#""<F4><90><80><80>""#, .invalidUTF8, 1),
    Refusal(#""<F5><80><80><80>""#, .invalidUTF8, 1), Refusal(#""<FE>""#, .invalidUTF8, 1),
    Refusal(#""<FF>""#, .invalidUTF8, 1),
    Refusal(#""abcdefgh<FF>""#, .invalidUTF8, 9), Refusal(#""é<FF>""#, .invalidUTF8, 3),
    Refusal(#"{"<FF>":1}"#, .invalidUTF8, 2),
    Refusal(#""\n<FF>""#, .invalidUTF8, 3), Refusal(#""\u0041<FF>""#, .invalidUTF8, 7),
    Refusal(#""\u0041\u0042é<80>""#, .invalidUTF8, 15),
    Refusal(#""<C3>\u00a9""#, .invalidUTF8, 1), Refusal(#""\u00c3<A9>""#, .invalidUTF8, 7),
    Refusal(#""<C3>\n<A9>""#, .invalidUTF8, 1),
    Refusal(#""<FF><0A>""#, .invalidUTF8, 1), Refusal(#""<C3>"#, .invalidUTF8, 1),
    Refusal(#""<FF>\x""#, .invalidUTF8, 1),
    Refusal("<FF>", .expectedValue, 0), Refusal("[1,<C3><A9>]", .expectedValue, 3), Refusal("1<FF>", .trailingBytes, 1),
]
