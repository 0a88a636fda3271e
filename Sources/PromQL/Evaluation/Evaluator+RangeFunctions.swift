#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The functions of a range: each returns `nil` if the range has too few samples.
extension Evaluator.Range {
    private var first: Double { points.first?.value ?? .nan }
    private var last: Double { points.last?.value ?? .nan }
    private var values: [Double] { points.map(\.value) }

    /// Applies a function without parameters, by its name.
    ///
    /// - Returns: `nil` if there is no such function.
    func function(_ name: String) -> (() -> Double?)? {
        switch name {
        case "rate": { growth(isCounter: true, per: Double(end - start) / 1000) }
        case "increase": { growth(isCounter: true) }
        case "delta": { growth(isCounter: false) }
        case "irate": { lastChange(isRate: true) }
        case "idelta": { lastChange(isRate: false) }
        case "deriv": { regression(at: points.first?.time ?? 0)?.slope }
        case "changes": { count { $0 != $1 && !($0.isNaN && $1.isNaN) } }
        case "resets": { count { $1 < $0 } }
        case "avg_over_time": { average }
        case "sum_over_time": { sum.value }
        case "max_over_time": { values.dropFirst().reduce(first) { $1 > $0 || $0.isNaN ? $1 : $0 } }
        case "min_over_time": { values.dropFirst().reduce(first) { $1 < $0 || $0.isNaN ? $1 : $0 } }
        case "count_over_time": { Double(points.count) }
        case "last_over_time": { last }
        case "present_over_time": { 1 }
        case "stddev_over_time": { variance.squareRoot() }
        case "stdvar_over_time": { variance }
        default: nil
        }
    }

    private func count(_ isCounted: (Double, Double) -> Bool) -> Double {
        Double(zip(values, values.dropFirst()).count { isCounted($0, $1) })
    }

    // MARK: Growth

    /// Returns the change, extrapolated to the bounds of the range.
    ///
    /// - Parameter seconds: The divisor of a rate. The order of operations is that of Prometheus, to the last digit.
    private func growth(isCounter: Bool, per seconds: Double = 1) -> Double? {
        guard points.count >= 2, let firstTime = points.first?.time, let lastTime = points.last?.time else {
            return nil
        }
        var change = last - first
        if isCounter {
            // A counter that decreases has restarted from 0.
            for (value, next) in zip(values, values.dropFirst()) where next < value { change += value }
        }
        var toStart = Double(firstTime - start) / 1000
        let toEnd = Double(end - lastTime) / 1000
        let sampled = Double(lastTime - firstTime) / 1000
        let average = sampled / Double(points.count - 1)
        if isCounter, change > 0, first >= 0 { toStart = min(toStart, sampled * (first / change)) }
        let longest = average * 1.1
        let extrapolated =
            sampled + (toStart < longest ? toStart : average / 2) + (toEnd < longest ? toEnd : average / 2)
        return change * (extrapolated / sampled / seconds)
    }

    /// Returns the change between the last two samples.
    private func lastChange(isRate: Bool) -> Double? {
        guard points.count >= 2 else { return nil }
        let (before, after) = (points[points.count - 2], points[points.count - 1])
        guard isRate else { return after.value - before.value }
        let change = after.value < before.value ? after.value : after.value - before.value
        return change / (Double(after.time - before.time) / 1000)
    }

    // MARK: Averages

    private var sum: CompensatedSum { values.reduce(into: CompensatedSum()) { $0.add($1) } }

    private var average: Double {
        var mean = CompensatedSum()
        for (index, value) in values.enumerated() {
            if mean.sum.isInfinite, value.isInfinite ? (mean.sum > 0) == (value > 0) : !value.isNaN { continue }
            let count = Double(index + 1)
            mean.add(value / count - mean.sum / count)
        }
        return mean.value
    }

    private var variance: Double {
        var (mean, squares) = (CompensatedSum(), CompensatedSum())
        for (index, value) in values.enumerated() {
            let difference = value - (mean.sum + mean.compensation)
            mean.add(difference / Double(index + 1))
            squares.add(difference * (value - (mean.sum + mean.compensation)))
        }
        return (squares.sum + squares.compensation) / Double(points.count)
    }

    // MARK: Regression

    /// Returns the line through the samples with the smallest squared distances, and its value at a time.
    func regression(at time: Int) -> (slope: Double, intercept: Double)? {
        guard points.count >= 2 else { return nil }
        if values.allSatisfy({ $0 == first }) { return first.isInfinite ? (.nan, .nan) : (0, first) }
        var (sumX, sumY, sumXY, sumXX) = (CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum())
        for point in points {
            let x = Double(point.time - time) / 1000
            sumX.add(x)
            sumY.add(point.value)
            sumXY.add(x * point.value)
            sumXX.add(x * x)
        }
        let count = Double(points.count)
        let (x, y) = (sumX.sum + sumX.compensation, sumY.sum + sumY.compensation)
        let covariance = sumXY.sum + sumXY.compensation - x * y / count
        let variance = sumXX.sum + sumXX.compensation - x * x / count
        let slope = covariance / variance
        return (slope, y / count - slope * x / count)
    }

    // MARK: Quantiles

    func quantile(_ quantile: Double) -> Double { values.quantile(quantile) }
}

/// A sum that keeps the low-order bits that each addition loses (Neumaier, 1974).
struct CompensatedSum {
    private(set) var sum = 0.0
    private(set) var compensation = 0.0

    var value: Double { sum.isInfinite ? sum : sum + compensation }

    mutating func add(_ increment: Double) {
        let total = sum + increment
        if abs(sum) >= abs(increment) {
            compensation += (sum - total) + increment
        } else {
            compensation += (increment - total) + sum
        }
        sum = total
    }
}
