/// An action of a template, with the actions inside it.
indirect enum TemplateNode {
    case action(TemplatePipeline)
    case branch(TemplateBranch)
    /// The execution of another template with a value.
    case call(Expression.Name, TemplatePipeline?)
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
    /// Whether the variables are assigned, not declared.
    var isAssignment = false
    var commands: [[TemplateOperand]] = []
}

/// A value and its fields.
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
    var fields: [Expression.Name] = []
    var range: Range<Int>
}
