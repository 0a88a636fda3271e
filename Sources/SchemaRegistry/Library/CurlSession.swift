import CCurl
import Dispatch
import Locks

/// HTTP by libcurl: many requests at a time, over connections that are used again.
///
/// All transfers run on one thread, which exists only while there are transfers.
final class CurlSession: Sendable {
    /// libcurl's handle of all transfers.
    ///
    /// Unchecked because the library allows any thread to wake it; everything else is done by the session's thread, and its
    /// end by `deinit`, when no thread has the session.
    private struct Pointer: @unchecked Sendable {
        let raw: UnsafeMutableRawPointer
    }

    private struct State {
        var waiting: [CurlTransfer] = []
        /// The numbers of the requests that have no answer yet.
        var open: Set<UInt64> = []
        var cancelled: Set<UInt64> = []
        var isRunning = false
        var lastNumber: UInt64 = 0
    }

    /// The library's own start, once for each process.
    private static let isStarted: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let credentials: HTTPCredentials
    private let transfers: Pointer
    private let state = Lock(State())
    private let thread = DispatchQueue(label: "schema-registry.requests")

    /// - Returns: `nil` where the library has no memory.
    init?(_ credentials: HTTPCredentials) {
        guard Self.isStarted, let raw = curl_multi_init() else { return nil }
        self.credentials = credentials
        transfers = Pointer(raw: UnsafeMutableRawPointer(raw))
    }

    deinit {
        curl_multi_cleanup(transfers.raw)
    }

    /// Sends a request and waits for the answer, which may have any status.
    func send(_ request: HTTPRequest) async -> Result<HTTPResponse, HTTPFailure> {
        let number = state.withLock { state in
            state.lastNumber += 1
            state.open.insert(state.lastNumber)
            return state.lastNumber
        }
        let transfer: CurlTransfer
        do throws(HTTPFailure) {
            transfer = try CurlTransfer(request, credentials, number: number)
        } catch {
            end(number)
            return .failure(error)
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.setReceiver(continuation)
                start(transfer)
            }
        } onCancel: {
            cancel(number)
        }
        end(number)
        return result
    }

    private func start(_ transfer: CurlTransfer) {
        let mustStart = state.withLock { state in
            state.waiting.append(transfer)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { thread.async { self.run() } } else { curl_multi_wakeup(transfers.raw) }
    }

    private func cancel(_ number: UInt64) {
        // Also before the transfer starts: its number is looked up then.
        state.withLock { state in
            if state.open.contains(number) { state.cancelled.insert(number) }
        }
        curl_multi_wakeup(transfers.raw)
    }

    private func end(_ number: UInt64) {
        state.withLock { state in
            state.open.remove(number)
            state.cancelled.remove(number)
        }
    }

    // MARK: The session's thread

    private func run() {
        var active: [UnsafeMutableRawPointer: CurlTransfer] = [:]
        while let (new, cancelled) = next(isIdle: active.isEmpty) {
            for transfer in new {
                active[transfer.raw] = transfer
                curl_multi_add_handle(transfers.raw, transfer.raw)
            }
            for transfer in active.values where cancelled.contains(transfer.number) {
                curl_multi_remove_handle(transfers.raw, transfer.raw)
                active[transfer.raw] = nil
                transfer.cancel()
            }
            var running: Int32 = 0
            curl_multi_perform(transfers.raw, &running)
            finish(&active)
            guard !active.isEmpty else { continue }
            // Returns at once if a transfer is ready or the handle was signaled.
            curl_multi_poll(transfers.raw, nil, 0, 1000, nil)
        }
    }

    /// Takes what is to be started and ended; `nil` where the thread has nothing left to do, and ends.
    private func next(isIdle: Bool) -> (new: [CurlTransfer], cancelled: Set<UInt64>)? {
        state.withLock { state in
            if isIdle, state.waiting.isEmpty {
                state.isRunning = false
                return nil
            }
            defer { state.waiting = [] }
            return (state.waiting, state.cancelled)
        }
    }

    private func finish(_ active: inout [UnsafeMutableRawPointer: CurlTransfer]) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(transfers.raw, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            // The message is gone with the handle.
            let code = message.pointee.data.result
            curl_multi_remove_handle(transfers.raw, handle)
            active.removeValue(forKey: handle)?.finish(code)
        }
    }
}
