/// A position in the text of a `.env` file.
struct EnvironmentFileScanner {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    /// From 1.
    private(set) var line = 1

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        self.scalars = scalars.first == "\u{FEFF}" ? Array(scalars.dropFirst()) : scalars
    }

    var next: Unicode.Scalar? { scalar(after: 0) }

    func scalar(after distance: Int) -> Unicode.Scalar? {
        position + distance < scalars.count ? scalars[position + distance] : nil
    }

    /// Steps over one scalar, and counts lines: a carriage return and a line feed together end one.
    mutating func step() {
        let scalar = scalars[position]
        position += 1
        if scalar == "\n" || scalar == "\r" && next != "\n" { line += 1 }
    }

    mutating func step(by count: Int) {
        for _ in 0..<count { step() }
    }

    mutating func skip(where isSkipped: (Unicode.Scalar) -> Bool) {
        while let scalar = next, isSkipped(scalar) { step() }
    }

    mutating func take(while isTaken: (Unicode.Scalar) -> Bool) -> String {
        let start = position
        skip(where: isTaken)
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }

    mutating func skipExport() {
        let word = Array("export".unicodeScalars)
        guard scalars[position...].starts(with: word), scalar(after: word.count)?.isSpace == true else { return }
        step(by: word.count)
        skip(where: \.isSpace)
    }

    /// Reads a name, which may be in single quotes; `nil`, and no step, where there is none.
    mutating func readName() -> String? {
        guard next == "'" else {
            let name = take { $0 != "=" && $0 != "#" && !$0.properties.isWhitespace }
            return name.isEmpty ? nil : name
        }
        let start = self
        step()
        let name = take { $0 != "'" }
        guard next == "'", !name.isEmpty else {
            self = start
            return nil
        }
        step()
        return name
    }
}
