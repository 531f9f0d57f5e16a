#include "validate/binding_status.h"

namespace assay::validate {
namespace {

using binding::Code;
using binding::Kind;

StatusCode data_code(Code code) {
  switch (code) {
    case Code::match:
      return StatusCode::data_hash_match;
    case Code::malformed:
      return StatusCode::data_hash_malformed;
    case Code::additional_exclusions:
      return StatusCode::data_hash_additional_exclusions;
    case Code::mismatch:
    case Code::unsupported_algorithm:
    case Code::unknown_box:
    case Code::invalid_uri:
    case Code::incorrect_file_count:
    case Code::missing_part:
      break;
  }
  return StatusCode::data_hash_mismatch;
}

StatusCode bmff_code(Code code) {
  if (code == Code::match) {
    return StatusCode::bmff_hash_match;
  }
  if (code == Code::malformed) {
    return StatusCode::bmff_hash_malformed;
  }
  return code == Code::additional_exclusions ? StatusCode::bmff_hash_additional_exclusions
                                             : StatusCode::bmff_hash_mismatch;
}

StatusCode boxes_code(Code code) {
  if (code == Code::match) {
    return StatusCode::boxes_hash_match;
  }
  if (code == Code::malformed) {
    return StatusCode::boxes_hash_malformed;
  }
  if (code == Code::unknown_box) {
    return StatusCode::boxes_hash_unknown_box;
  }
  return code == Code::additional_exclusions ? StatusCode::boxes_hash_additional_exclusions
                                             : StatusCode::boxes_hash_mismatch;
}

StatusCode collection_code(Code code) {
  if (code == Code::match) {
    return StatusCode::collection_hash_match;
  }
  if (code == Code::malformed) {
    return StatusCode::collection_hash_malformed;
  }
  if (code == Code::invalid_uri) {
    return StatusCode::collection_hash_invalid_uri;
  }
  return code == Code::incorrect_file_count ? StatusCode::collection_hash_incorrect_file_count
                                            : StatusCode::collection_hash_mismatch;
}

StatusCode multi_asset_code(Code code) {
  if (code == Code::match) {
    return StatusCode::multi_asset_hash_match;
  }
  if (code == Code::malformed) {
    return StatusCode::multi_asset_hash_malformed;
  }
  return code == Code::missing_part ? StatusCode::multi_asset_hash_missing_part
                                    : StatusCode::multi_asset_hash_mismatch;
}

}  // namespace

StatusCode binding_status(Kind kind, Code code) {
  if (code == Code::unsupported_algorithm) {
    return StatusCode::algorithm_unsupported;
  }
  switch (kind) {
    case Kind::data:
      return data_code(code);
    case Kind::bmff:
      return bmff_code(code);
    case Kind::boxes:
      return boxes_code(code);
    case Kind::collection:
      return collection_code(code);
    case Kind::multi_asset:
      return multi_asset_code(code);
  }
  return StatusCode::general_error;
}

bool is_match(const binding::Outcome& outcome) {
  bool match = false;
  for (const binding::Finding& finding : outcome.findings) {
    if (finding.code == Code::match) {
      match = true;
    } else if (finding.code != Code::additional_exclusions) {
      return false;
    }
  }
  return match;
}

}  // namespace assay::validate
