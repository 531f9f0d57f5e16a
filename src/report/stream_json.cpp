#include "report/json_parts.h"
#include "report/summary.h"

namespace assay::report {
namespace {

using validate::SegmentResult;

std::string_view proof_name(SegmentResult::Proof proof) {
  switch (proof) {
    case SegmentResult::Proof::fragment:
      return "fragment";
    case SegmentResult::Proof::manifest:
      return "manifest";
    case SegmentResult::Proof::segment_info:
      return "segmentInfo";
    case SegmentResult::Proof::none:
      break;
  }
  return "none";
}

std::string_view order_name(SegmentResult::Order order) {
  switch (order) {
    case SegmentResult::Order::expected:
      return "expected";
    case SegmentResult::Order::discontinuity:
      return "discontinuity";
    case SegmentResult::Order::unknown:
      break;
  }
  return "unknown";
}

json::Value segment_json(const SegmentResult& segment, const validate::Verdict& verdict,
                         const Limits& limits) {
  json::Value out = json::Value::object();
  out.set("index", json::Value::unsigned_integer(segment.index));
  out.set("size", json::Value::unsigned_integer(segment.size));
  out.set("state", json::Value::string(state_name(segment.state)));
  out.set("proof", json::Value::string(proof_name(segment.proof)));
  out.set("order", json::Value::string(order_name(segment.order)));
  if (segment.track) {
    out.set("track", json::Value::integer(*segment.track));
  }
  if (segment.location) {
    out.set("location", json::Value::unsigned_integer(*segment.location));
  }
  if (segment.signer) {
    out.set("signer", json::Value::string(display_name(segment.signer->subject)));
  }
  json::Value& statuses = out.set("statuses", json::Value::array());
  for (const validate::Finding& finding : segment.findings) {
    statuses.push(status_json(finding, verdict, limits));
  }
  out.set("uncovered", uncovered_json(segment.uncovered));
  out.set_text("note", segment.note);
  return out;
}

}  // namespace

json::Value stream_json(const validate::Verdict& verdict, const Limits& limits) {
  const validate::StreamResult& stream = *verdict.stream;
  json::Value out = json::Value::object();
  out.set("kind", json::Value::string(stream.live ? "live" : "fragments"));
  out.set("ended", json::Value::boolean(stream.ended));
  out.set("received", json::Value::unsigned_integer(stream.received));
  out.set("failed", json::Value::unsigned_integer(stream.failed));
  out.set("jumps", json::Value::unsigned_integer(stream.jumps));
  json::Value& segments = out.set("segments", json::Value::array());
  for (const SegmentResult& segment : stream.segments) {
    segments.push(segment_json(segment, verdict, limits));
  }
  json::Value& missing = out.set("missing", json::Value::array());
  for (const std::string& text : stream.missing) {
    missing.push(json::Value::string(text));
  }
  return out;
}

}  // namespace assay::report
