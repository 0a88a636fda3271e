extension ClientStatistics {
    /// Returns the brokers with what they counted since earlier statistics of the same client. The addresses of bootstrap servers
    /// are summed up.
    func changes(since previous: ClientStatistics) -> [(id: Int?, broker: Broker)] {
        let (before, now) = (previous.summedByID, summedByID)
        return now.map { id, broker in
            var change = broker
            let earlier = before[id] ?? Broker()
            for count in Broker.counts {
                change[keyPath: count] = max(broker[keyPath: count] - earlier[keyPath: count], 0)
            }
            return (id, change)
        }
    }

    private var summedByID: [Int?: Broker] {
        brokers.reduce(into: [:]) { sums, broker in
            guard let earlier = sums[broker.id] else { return sums[broker.id] = broker }
            var sum = broker
            for count in Broker.counts { sum[keyPath: count] += earlier[keyPath: count] }
            sums[broker.id] = sum
        }
    }
}

extension ClientStatistics.Broker {
    /// The counters of the client.
    fileprivate static var counts: [WritableKeyPath<Self, Int>] {
        [\.transmitErrors, \.receiveErrors, \.requestTimeouts, \.retries, \.connects, \.disconnects]
    }
}
