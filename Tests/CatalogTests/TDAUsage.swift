// swift-format-ignore-file
import EventContracts
import TDAContracts

/// The Swift that the pages of the platform's contract show.
enum TDAUsage {
    func jobMessage_jobSubmitted(producer: Producer) async throws {
        try await producer.send(
            JobMessage.submitted(
                jobID: "job-1",
                algorithm: "example algorithm"))
    }

    func jobMessage_jobStarted(producer: Producer) async throws {
        try await producer.send(
            JobMessage.started(jobID: "job-1"))
    }

    func jobMessage_jobCompleted(producer: Producer) async throws {
        try await producer.send(
            JobMessage.completed(
                jobID: "job-1",
                resultID: "result-1"))
    }

    func jobMessage_jobFailed(producer: Producer) async throws {
        try await producer.send(
            JobMessage.failed(
                jobID: "job-1",
                errorMessage: "example error message"))
    }

    func jobMessage_jobCancelled(producer: Producer) async throws {
        try await producer.send(
            JobMessage.cancelled(jobID: "job-1"))
    }

    func read_jobMessage(value: [UInt8], headers: [RecordHeader]) throws {
        switch try TDA.read(value, from: TDA.Topics.jobs, headers: headers) {
        case .jobMessage(let message):
            print(message.messageType)
        default:
            break
        }
    }

    func resultMessage_resultGenerated(producer: Producer) async throws {
        try await producer.send(
            ResultMessage.generated(
                jobID: "job-1",
                resultID: "result-1",
                resultType: "example result type"))
    }

    func resultMessage_resultCached(producer: Producer) async throws {
        try await producer.send(
            ResultMessage.cached(
                jobID: "job-1",
                resultID: "result-1",
                resultType: "example result type"))
    }

    func read_resultMessage(value: [UInt8], headers: [RecordHeader]) throws {
        switch try TDA.read(value, from: TDA.Topics.results, headers: headers) {
        case .resultMessage(let message):
            print(message.messageType)
        default:
            break
        }
    }

    func eventMessage_fileUploaded(producer: Producer) async throws {
        try await producer.send(
            EventMessage.fileUploaded(data: [:]))
    }

    func eventMessage_fileValidated(producer: Producer) async throws {
        try await producer.send(
            EventMessage.fileValidated(data: [:]))
    }

    func eventMessage_fileProcessed(producer: Producer) async throws {
        try await producer.send(
            EventMessage.fileProcessed(data: [:]))
    }

    func eventMessage_errorOccurred(producer: Producer) async throws {
        try await producer.send(
            EventMessage.errorOccurred(data: [:]))
    }

    func eventMessage_warningIssued(producer: Producer) async throws {
        try await producer.send(
            EventMessage.warningIssued(data: [:]))
    }

    func read_eventMessage(value: [UInt8], headers: [RecordHeader]) throws {
        switch try TDA.read(value, from: TDA.Topics.events, headers: headers) {
        case .eventMessage(let message):
            print(message.messageType)
        default:
            break
        }
    }

    func monitoringMessage_healthReported(producer: Producer) async throws {
        try await producer.send(
            MonitoringMessage.healthReported(
                component: "example component",
                status: .healthy,
                checks: [MonitoringMessage.Payload.Check(name: "Example", status: .healthy, latencyMs: 1, detail: "example detail")]))
    }

    func monitoringMessage_metricsReported(producer: Producer) async throws {
        try await producer.send(
            MonitoringMessage.metricsReported(
                component: "example component",
                status: .healthy,
                metrics: ["example": 12.5]))
    }

    func monitoringMessage_componentStarted(producer: Producer) async throws {
        try await producer.send(
            MonitoringMessage.componentStarted(
                component: "example component",
                status: .healthy))
    }

    func monitoringMessage_componentStopped(producer: Producer) async throws {
        try await producer.send(
            MonitoringMessage.componentStopped(
                component: "example component",
                status: .healthy))
    }

    func read_monitoringMessage(value: [UInt8], headers: [RecordHeader]) throws {
        switch try TDA.read(value, from: TDA.Topics.monitoring, headers: headers) {
        case .monitoringMessage(let message):
            print(message.messageType)
        default:
            break
        }
    }

}
