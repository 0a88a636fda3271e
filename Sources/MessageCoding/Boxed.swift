/// A value that is stored apart from the `struct` that has it, so that the `struct` can contain values of its own type.
public struct Boxed<Value> {
    fileprivate indirect enum Storage {
        case value(Value)
    }

    fileprivate var storage: Storage

    public init(_ value: Value) {
        storage = .value(value)
    }

    public var value: Value {
        get {
            switch storage {
            case .value(let value): value
            }
        }
        set { storage = .value(newValue) }
    }
}

extension Boxed.Storage: Sendable where Value: Sendable {}
extension Boxed.Storage: Equatable where Value: Equatable {}
extension Boxed.Storage: Hashable where Value: Hashable {}
extension Boxed: Sendable where Value: Sendable {}
extension Boxed: Equatable where Value: Equatable {}
extension Boxed: Hashable where Value: Hashable {}
