#!/usr/bin/env python3
"""Holds exports against those whom they are for. Usage: exports.py PROGRAM SCHEMAS

JUnit against Jenkins' schema and Surefire's, CTRF against its own, CSV by Python's reader, CloudEvents by their schema and
their official SDK, OTLP by OpenTelemetry's own messages. Prints how much was checked.
"""
import csv, json, sys, time
import jsonschema, xmlschema
from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from cloudevents.core.formats.json import JSONFormat
from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from running import Run, pipeline, receiver

program, schemas = sys.argv[1:]
checks = 0


def check(condition, what):
    global checks
    checks += 1
    assert condition, what


def schema(name):
    with open(f"{schemas}/{name}") as file:
        return json.load(file)


def files():
    kinds = ["thresholds", "transitions", "agents", "interactions"]
    report, folder = Run(program, pipeline({
        "junit": {"type": "junit", "inputs": ["states"], "cases": kinds},
        "ctrf": {"type": "ctrf", "inputs": ["states"], "cases": kinds},
        "table": {"type": "csv", "inputs": ["states"]},
    })).end(99)
    for name in ["jenkins-xunit-junit-10.xsd", "surefire-test-report.xsd"]:
        xmlschema.XMLSchema(f"{schemas}/{name}").validate(f"{folder}/junit.xml")
        check(True, name)
    with open(f"{folder}/ctrf.json") as file:
        ctrf = json.load(file)
    jsonschema.validate(ctrf, schema("ctrf.schema.json"))
    tests, summary = ctrf["results"]["tests"], ctrf["results"]["summary"]
    for status in ["passed", "failed", "skipped"]:
        check(summary[status] == sum(test["status"] == status for test in tests), status)
    failed = [test for test in tests if test["status"] == "failed"]
    mismatches = report["stages"][3]["metrics"]["mismatches"]
    agents = [test for test in failed if test["suite"][1] == "agents"]
    said = sum(test["message"].count("the state machine forbids") for test in agents)
    check(said == mismatches > 0, f"{said} of {mismatches}")
    import xml.etree.ElementTree as tree
    root = tree.parse(f"{folder}/junit.xml").getroot()
    check(int(root.get("tests")) == len(tests) == len(root.findall("testcase")), "as many cases in both")
    check(int(root.get("failures")) == len(failed) == len(root.findall("testcase/failure")), "as many failures")
    with open(f"{folder}/events.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    check(len(rows) == report["stages"][3]["sent"]["out"], "as many rows as events")
    check(sum(row["findings"] == "mismatches" for row in rows) == mismatches, "as many mismatches in rows")
    check(all(row["outcome"] == "accepted" and float(row["latency_ms"]) > 0 for row in rows), "outcomes")


def cloud_events():
    envelope = schema("cloudevents.schema.json")
    for mode in ["structured", "binary", "batch"]:
        events, asked = [], []

        def answer(path, headers, body):
            # The first is told to wait, and must.
            asked.append(time.monotonic())
            if len(asked) == 1:
                return 429, {"Retry-After": "1"}, b""
            kind = headers["Content-Type"].split(";")[0]
            if mode == "batch":
                check(kind == "application/cloudevents-batch+json", kind)
                events.extend(json.loads(body))
                return 200, {}, b""
            event = from_http_event(HTTPMessage(dict(headers.items()), body), JSONFormat())
            attributes = {name: str(value) for name, value in event.get_attributes().items()}
            if mode == "structured":
                check(kind == "application/cloudevents+json", kind)
                events.append(json.loads(body))
                check(attributes["id"] == events[-1]["id"], "the SDK reads the same id")
            else:
                check("ce-datacontenttype" not in headers, "its type is Content-Type alone")
                attributes["time"] = headers.get("ce-time")
                events.append({**attributes, "data": json.loads(body)})
            return 202, {}, b""

        with receiver(answer) as url:
            config = pipeline({"events": {
                "type": "cloudevents-http", "inputs": ["states"], "url": url, "mode": mode, "events_per_batch": 10}})
            report, _ = Run(program, config).end(99)
        check(asked[1] - asked[0] >= 1, f"Retry-After: {asked[1] - asked[0]}")
        for event in events:
            jsonschema.validate(event, envelope)
        check(len({event["id"] for event in events}) == len(events), "ids are unique")
        check(len(events) == report["stages"][3]["sent"]["out"] + 1, "all events and the verdict")
        last = events[-1]
        check(last["type"] == "patchbay.run.finished" and last["id"] == report["run"]["id"], "the verdict")
        check(last["data"]["exit_code"] == 99 and last["data"]["events"]["emitted"] == report["events"]["emitted"],
              "the verdict's data")
        check(last["source"] == "/patchbay/exported%20run", last["source"])
        check(all(event["data"]["sequence_id"] == event["id"] for event in events[:-1]), "an event's data")


def otlp():
    received = {"/v1/logs": [], "/v1/metrics": []}

    def answer(path, headers, body):
        message = ExportLogsServiceRequest() if path == "/v1/logs" else ExportMetricsServiceRequest()
        # Names that it doesn't know are refused.
        json_format.Parse(body, message)
        check(headers["Content-Type"] == "application/json", "the type")
        received[path].append(message)
        return 200, {"Content-Type": "application/json"}, b"{}"

    with receiver(answer) as url:
        sink = {"type": "otlp-http", "inputs": ["states"], "url": url, "logs": "all", "resource": {"team": "a"}}
        report, _ = Run(program, pipeline({"collector": sink})).end(99)
    logs = [record for message in received["/v1/logs"] for resource in message.resource_logs
            for scope in resource.scope_logs for record in scope.log_records]
    check(len(logs) == report["stages"][3]["sent"]["out"], "a record for each event")
    warned = sum(record.severity_number == 13 for record in logs)
    check(warned == report["stages"][3]["metrics"]["mismatches"], "mismatches are warnings")
    check(all(record.time_unix_nano > 0 for record in logs), "times")
    [message] = received["/v1/metrics"]
    [resource] = message.resource_metrics
    attributes = {pair.key: pair.value.string_value for pair in resource.resource.attributes}
    check(attributes["service.name"] == "patchbay" and attributes["team"] == "a", "the resource")
    check(attributes["patchbay.run_id"] == report["run"]["id"], "the run")
    metrics = {metric.name: metric for metric in resource.scope_metrics[0].metrics}
    fates = {point.attributes[0].value.string_value: point.as_int
             for point in metrics["patchbay.events"].sum.data_points}
    check(fates == {name: report["events"][name] for name in fates} and len(fates) == 5, "what became of events")
    for point in metrics["patchbay.latency"].histogram.data_points:
        check(point.count == sum(point.bucket_counts), "buckets add up")
        check(len(point.bucket_counts) == len(point.explicit_bounds) + 1, "a bucket more than bounds")
        check(list(point.explicit_bounds) == sorted(point.explicit_bounds), "bounds ascend")


def refusals():
    """What isn't taken is said, and the run fails."""
    with receiver(lambda path, headers, body: (200, {}, b'{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"no"}}')) as url:
        report, _ = Run(program, pipeline({"collector": {
            "type": "otlp-http", "inputs": ["states"], "url": url, "logs": "none"}}, seconds=1)).end(1)
    check(any("the collector rejected 3 of them: no" in line for line in report["failures"]), report["failures"])
    with receiver(lambda path, headers, body: (415, {}, b"")) as url:
        report, _ = Run(program, pipeline({"events": {
            "type": "cloudevents-http", "inputs": ["states"], "url": url, "events": False}}, seconds=1)).end(1)
    check(any("the verdict was not taken after 1 attempt: " in line for line in report["failures"]), report["failures"])


for part in [files, cloud_events, otlp, refusals]:
    part()
print(f"{checks} checks passed")
