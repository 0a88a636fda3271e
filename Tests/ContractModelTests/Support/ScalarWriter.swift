import TestSupport

/// Writes manifests with a scalar at random, and notes where each of its letters, which are all different, stands.
struct ScalarWriter {
    enum Style: CaseIterable { case plain, single, double, literal, folded }

    let style: Style
    private(set) var generator: SeededGenerator
    /// How many characters there are from each letter on, or from the escape sequence that makes it.
    private(set) var written: [Unicode.Scalar: Int] = [:]
    private var text: [Unicode.Scalar] = []
    private var offsets: [Unicode.Scalar: Int] = [:]
    private var letter: UInt32 = 0
    private let lineEnd: String

    init(using generator: SeededGenerator) {
        var generator = generator
        style = Style.allCases.randomElement(using: &generator) ?? .plain
        lineEnd = ["\n", "\n", "\r\n", "\r"].randomElement(using: &generator) ?? "\n"
        self.generator = generator
    }

    mutating func write() -> String {
        add(["", "# é\n", "a: {b: [1, 'c']}\n\n"])
        add(["expr: "])
        add(["", "", "&x ", "!!str ", "&x !!str ", "&x # said so\n  "])
        switch style {
        case .plain: writeFlow("")
        case .single: writeFlow("'")
        case .double: writeFlow("\"")
        case .literal: writeBlock("|")
        case .folded: writeBlock(">")
        }
        add(["\n"])
        add(["", "\n\n", "end: here\n"])
        for (letter, offset) in offsets { written[letter] = text.count - offset }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: text)
        return String(result)
    }

    // MARK: Styles

    private mutating func writeFlow(_ quote: String) {
        add([quote])
        addWord(quote)
        for _ in 0..<number(8) {
            switch number(6) {
            case 0: add(["\n  ", " \n\n  ", "\t\n \n\n    ", "\n \t \n  "])
            case 1 where quote == "\"": add(["\\\n  ", " \\\n\n  ", "\\\n  \\  "])
            case 2: add(["  ", " \t "])
            default: add([" "])
            }
            addWord(quote)
        }
        add([quote])
    }

    private mutating func writeBlock(_ mark: String) {
        let isStated = flip()
        let indentation = isStated ? 1 + number(4) : 2 + number(3)
        add([mark])
        let chomping = ["", "-", "+"].randomElement(using: &generator) ?? ""
        add(isStated ? ["\(indentation)\(chomping)", "\(chomping)\(indentation)"] : [chomping])
        add(["", " ", " # a comment"])
        for line in 0...number(6) {
            for _ in 0..<number(3) { add(["\n" + String(repeating: " ", count: number(indentation + 1))]) }
            add(["\n" + String(repeating: " ", count: indentation)])
            if line > 0 || isStated { add(["", "", "  ", "\t", "   "]) }
            for _ in 0..<number(4) {
                addWord(mark)
                add([" ", "", "  "])
            }
        }
        for _ in 0..<number(3) { add(["\n", "\n "]) }
    }

    // MARK: Pieces

    private mutating func addWord(_ quote: String) {
        for _ in 0...number(3) {
            guard let next = Unicode.Scalar(0x4E00 + letter) else { return }
            letter += 1
            offsets[next] = text.count
            if quote == "\"", number(4) == 0 {
                add(["\\u" + String(next.value, radix: 16), "\\U0000" + String(next.value, radix: 16)])
            } else {
                text.append(next)
            }
        }
        let special: [(String, Unicode.Scalar)] =
            switch quote {
            case "'": [("''", "'")]
            case "\"": [("\\\"", "\""), ("\\\\", "\\"), ("\\e", "\u{1B}"), ("\\_", "\u{A0}")]
            case "": [("é", "é")]
            default: [("#", "#"), ("'", "'"), ("😀", "😀")]
            }
        // One of a kind, so that it is known by what it is.
        if let (source, value) = special.randomElement(using: &generator), offsets[value] == nil {
            offsets[value] = text.count
            add([source])
        }
    }

    private mutating func add(_ choices: [String]) {
        let choice = choices.randomElement(using: &generator) ?? ""
        text += choice.replacing("\n", with: lineEnd).unicodeScalars
    }

    private mutating func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }
    private mutating func flip() -> Bool { Bool.random(using: &generator) }
}
