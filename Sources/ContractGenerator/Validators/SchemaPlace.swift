import ContractModel
import JSONTape
import SchemaPlan

/// The place of a schema: its file and the path in it.
struct SchemaPlace {
    var file: String
    var pointer: JSONPointer

    /// A function's name among those of the file: `/properties/payload/properties/status` becomes `PayloadStatus`.
    var nameInFile: String {
        let name = pointer.functionName
        return name.isEmpty ? "Message" : Self.shortened(name)
    }

    /// A function's name among those of the contract: `OrderPayloadStatus`.
    var nameInContract: String {
        let name = pointer.functionName
        let stem = JSONPointer.word(SchemaFile.stem(of: file))
        return Self.shortened(name.hasPrefix(stem) ? name : stem + name)
    }

    private static func shortened(_ name: String) -> String { String(name.suffix(60)) }
}

extension SchemaPlace {
    /// Creates the place of a subplan's schema; `nil` where none of its keywords has a place.
    init?(of id: Plan.SubplanID, in plan: Plan) {
        for index in plan.subplans[Int(id.index)].steps {
            let keyword = plan.steps[Int(index)].keyword
            guard keyword >= 0 else { continue }
            let place = plan.keywords[Int(keyword)]
            guard let hash = place.schema.firstIndex(of: "#"),
                let pointer = JSONPointer(String(place.schema[place.schema.index(after: hash)...]))
            else { continue }
            file = String(place.schema[..<hash])
            self.pointer = JSONPointer(tokens: Array(pointer.tokens.dropLast(place.relative.tokens.count)))
            return
        }
        return nil
    }
}

extension JSONPointer {
    fileprivate var functionName: String {
        var name = ""
        var tokens = tokens.makeIterator()
        while let token = tokens.next() {
            switch token {
            case "properties", "$defs", "definitions", "patternProperties": name += tokens.next().map(Self.word) ?? ""
            case "items": name += "Item"
            case "additionalProperties": name += "Value"
            default: name += Self.word(token)
            }
        }
        return name
    }

    fileprivate static func word(_ token: String) -> String {
        token.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined()
    }
}
