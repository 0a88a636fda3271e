package import JSONTape

extension Plan.ValueSet {
    package init(_ values: [JSONValue]) {
        var strings: [String] = []
        var seen: Set<JSONName> = []
        var constants: Plan.ConstantSet = []
        var numbers: [JSONNumber] = []
        var containers: [JSONValue] = []
        for value in values {
            switch value {
            case .null: constants.insert(.null)
            case .bool(let flag): constants.insert(flag ? .true : .false)
            case .number(let number): numbers.append(number)
            case .string(let text): if seen.insert(JSONName(text)).inserted { strings.append(text) }
            case .array, .object: containers.append(value)
            }
        }
        self.init(
            values: values, strings: KeyTable(strings), constants: constants, numbers: numbers,
            containers: containers)
    }
}
