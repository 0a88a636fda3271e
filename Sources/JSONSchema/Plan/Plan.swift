package import JSONTape

/// The instructions that validate a value: what the interpreter runs, and what generated validators are written from.
///
/// Subplans share flat tables, so that an instruction is a few words without references.
package struct Plan: Sendable {
    /// The place of a subplan in ``Plan/subplans``.
    package struct SubplanID: Hashable, Sendable {
        package let index: Int32

        package init(_ index: Int) { self.index = Int32(index) }
    }

    /// The instructions for one schema.
    package struct Subplan: Sendable {
        /// The place of the instructions in ``Plan/steps``.
        package var steps: Range<Int32>
        /// Whether the instructions note which members or items they evaluate, for an `unevaluated` keyword outside.
        package var marksEvaluated: Bool
        /// Whether an `unevaluated` keyword of the schema itself needs those notes.
        package var opensEvaluation: Bool
    }

    /// An instruction, with the keyword that it comes from.
    package struct Step: Sendable {
        package var instruction: Instruction
        /// The place of the keyword in ``Plan/keywords``.
        package var keyword: Int32
    }

    /// A keyword's places.
    package struct Keyword: Sendable {
        /// The path from its schema.
        package var relative: JSONPointer
        /// The file and the path in it: `job.schema.json#/properties/status/enum`.
        package var schema: String
        /// The absolute keyword location: the URI of the resource and the path in it.
        package var absolute: String
    }

    package internal(set) var subplans: [Subplan] = []
    package internal(set) var steps: [Step] = []
    package internal(set) var keywords: [Keyword] = []
    /// The evaluation paths from schemas to the schemas that they apply.
    package internal(set) var paths: [JSONPointer] = []
    package internal(set) var values: [ValueSet] = []
    package internal(set) var patterns: [PatternCheck] = []
    package internal(set) var bounds: [BoundCheck] = []
    package internal(set) var divisors: [JSONNumber] = []
    package internal(set) var items: [ItemsCheck] = []
    package internal(set) var contains: [ContainsCheck] = []
    package internal(set) var members: [MembersCheck] = []
    package internal(set) var branches: [Part] = []
    package internal(set) var conditions: [Condition] = []
    package internal(set) var selections: [SelectionCheck] = []
    package internal(set) var dependents: [DependentCheck] = []
    /// The subplan of each root that was asked for.
    package internal(set) var roots: [SubplanID] = []
}
