/// The conditions that `&&` joins.
enum Conjunction {
    /// Returns whether a guard's condition is an expression, and not several with commas between them.
    static func isSingle(_ condition: String) -> Bool {
        var depth = 0
        var isText = false
        var isEscaped = false
        for byte in condition.utf8 {
            if isText {
                if !isEscaped, byte == UInt8(ascii: "\"") { isText = false }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: ","): if depth == 0 { return false }
            default: break
            }
        }
        return true
    }

    static func parts(of condition: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var depth = 0
        var isText = false
        var isEscaped = false
        for character in condition {
            part.append(character)
            if isText {
                if !isEscaped, character == "\"" { isText = false }
                isEscaped = character == "\\" && !isEscaped
                continue
            }
            switch character {
            case "\"": isText = true
            case "(": depth += 1
            case ")": depth -= 1
            default: break
            }
            // An alternative binds weaker than `&&`.
            if depth == 0, part.hasSuffix(" || ") { return [condition] }
            if depth == 0, part.hasSuffix(" && ") {
                parts.append(String(part.dropLast(4)))
                part = ""
            }
        }
        return parts + [part]
    }
}
