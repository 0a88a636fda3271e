import StringFormats

extension ScalarSet {
    /// Creates the set that a pattern writes.
    init(_ set: PatternSet) throws(PatternError) {
        var ranges: [ClosedRange<UInt32>] = []
        for item in set.items { ranges += try Self.set(item).ranges }
        let all = ScalarSet(ranges)
        self = set.isNegated ? all.complement : all
    }

    private static func set(_ item: PatternSet.Item) throws(PatternError) -> ScalarSet {
        switch item {
        case .range(let range): ScalarSet([range])
        case .digits(let isNegated): isNegated ? digits.complement : digits
        case .word(let isNegated): isNegated ? word.complement : word
        case .space(let isNegated): isNegated ? space.complement : space
        case .anyOfLine: lineTerminators.complement
        case .property(let property, let isNegated):
            isNegated ? try PropertySets.set(property).complement : try PropertySets.set(property)
        }
    }
}
