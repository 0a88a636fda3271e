// Every module that reads or checks a contract suggests corrections.
@_exported public import Suggestions
