/// One action of a template, with those that it encloses.
indirect enum TemplateNode {
    case action(TemplatePipeline)
    case branch(TemplateBranch)
    /// Another template's text, made of a value.
    case call(Query.Name, TemplatePipeline?)
}

/// `if`, `with` or `range`, with every `else if`.
struct TemplateBranch {
    enum Kind: String {
        case `if`, with, range
    }

    var kind: Kind
    var cases: [(condition: TemplatePipeline, body: [TemplateNode])]
    var otherwise: [TemplateNode] = []
}

/// `$a := value | function argument`.
struct TemplatePipeline {
    var declared: [String] = []
    /// Whether the variables are there already.
    var isAssignment = false
    var commands: [[TemplateOperand]] = []
}

/// A value with the fields that are taken of it.
struct TemplateOperand {
    enum Base {
        case dot
        case variable(String)
        case function(String)
        case text(String)
        case pipeline(TemplatePipeline)
        /// A number, `true`, `nil` and the like.
        case constant
    }

    var base: Base
    var fields: [Query.Name] = []
    var range: Range<Int>
}
