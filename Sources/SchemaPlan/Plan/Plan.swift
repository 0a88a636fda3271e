package import JSONTape

/// The instructions that validate a value. The interpreter runs them, and generated validators are written from them.
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

        package init(steps: Range<Int32>, marksEvaluated: Bool, opensEvaluation: Bool) {
            self.steps = steps
            self.marksEvaluated = marksEvaluated
            self.opensEvaluation = opensEvaluation
        }
    }

    /// An instruction, with the keyword that it comes from.
    package struct Step: Sendable {
        package var instruction: Instruction
        /// The place of the keyword in ``Plan/keywords``.
        package var keyword: Int32

        package init(instruction: Instruction, keyword: Int32) {
            self.instruction = instruction
            self.keyword = keyword
        }
    }

    /// A keyword's places.
    package struct Keyword: Sendable {
        /// The path from the subplan's schema.
        package var relative: JSONPointer
        /// The file and the path in it: `job.schema.json#/properties/status/enum`.
        package var schema: String
        /// The absolute keyword location: the URI of the resource and the path in it.
        package var absolute: String

        package init(relative: JSONPointer, schema: String, absolute: String) {
            self.relative = relative
            self.schema = schema
            self.absolute = absolute
        }
    }

    package var subplans: [Subplan] = []
    package var steps: [Step] = []
    package var keywords: [Keyword] = []
    /// The evaluation paths from schemas to the schemas that they apply.
    package var paths: [JSONPointer] = []
    package var values: [ValueSet] = []
    package var patterns: [PatternCheck] = []
    package var bounds: [BoundCheck] = []
    package var divisors: [JSONNumber] = []
    package var items: [ItemsCheck] = []
    package var contains: [ContainsCheck] = []
    package var members: [MembersCheck] = []
    package var branches: [Part] = []
    package var conditions: [Condition] = []
    package var selections: [SelectionCheck] = []
    package var dependents: [DependentCheck] = []
    /// The subplan of each root that was asked for.
    package var roots: [SubplanID] = []

    package init() {}
}
