// Limits: every ceiling that hostile input can meet, in one place. What lies above is refused with
// a reason, never followed (R-009, threats: resource exhaustion T-16, T-50, T-52, T-62, T-63,
// T-78).
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay {

struct Limits {
  // Manifest store
  uint64_t store_bytes = uint64_t{64} << 20;
  uint64_t decompressed_manifest_bytes = uint64_t{32} << 20;  // per manifest
  uint64_t decompressed_store_bytes = uint64_t{128} << 20;    // all manifests of a store together
  uint32_t decompression_ratio = 200;
  uint32_t jumbf_depth = 16;
  uint32_t jumbf_boxes = 20000;    // per store
  uint32_t jumbf_children = 4096;  // per superbox
  uint32_t label_bytes = 1024;
  uint32_t manifests = 1024;
  uint32_t assertions = 4096;  // per manifest
  uint32_t ingredient_depth = 64;
  uint32_t ingredient_references = 4096;

  // Codecs
  uint32_t cbor_depth = 64;
  uint32_t cbor_nodes = 1000000;  // per document
  uint32_t json_depth = 64;
  uint32_t json_bytes = 4u << 20;
  uint32_t json_values = 1000000;  // per document
  uint32_t der_depth = 32;
  uint32_t xml_tokens = 1000000;
  uint32_t xml_depth = 1024;
  uint32_t xml_attributes = 4096;  // per element

  // Credentials
  uint32_t x5chain_certificates = 16;
  uint32_t certificate_bytes = 65535;
  uint32_t x5chain_bytes = 512u << 10;
  uint32_t path_nodes = 200;              // candidates looked at while building one path
  uint32_t name_comparisons = 1u << 20;   // names times constraints, per certificate
  uint32_t certificate_policies = 256;    // policies, and mappings, of one certificate
  uint32_t remembered_signatures = 4096;  // answers that an engine keeps
  uint32_t signature_checks = 64;  // public-key operations per asset, per depth-1 manifest budget
  uint32_t rsa_bits = 4096;
  uint32_t ocsp_answers = 32;
  uint32_t ocsp_bytes = 256u << 10;
  uint32_t ocsp_single_responses = 64;
  uint32_t timestamp_tokens = 16;

  // Identities
  uint32_t identity_statements = 64;  // examined per manifest
  uint32_t identity_resources = 4;    // DID documents and status lists asked for, per asset
  uint32_t did_document_bytes = 1u << 20;
  uint32_t status_list_bytes = 1u << 20;
  uint64_t status_list_inflated_bytes = uint64_t{16} << 20;
  uint32_t verified_identities = 32;  // shown per credential
  uint32_t trusted_issuers = 1024;    // DIDs of one list
  uint32_t attached_names = 256;      // credentials and authors, per manifest

  // Containers
  uint32_t app11_packets = 16384;
  uint32_t segments = 1000000;  // segments, chunks or boxes of one asset
  uint32_t bmff_depth = 16;
  uint32_t bmff_boxes = 100000;
  uint32_t merkle_leaves = 262144;
  uint32_t tiff_directories = 2000;
  uint32_t zip_entries = 65536;
  uint32_t text_bytes = 64u << 20;  // formats that must be read whole: text, HTML, SVG
  uint32_t xmp_bytes = 4u << 20;    // larger packets are not searched for a provenance URL
  uint64_t inflate_bytes = uint64_t{64} << 20;

  // Bindings
  uint32_t exclusions = 4096;
  uint32_t named_boxes = 65536;
  uint32_t asset_parts = 256;  // of a multi-asset hash

  // Streams
  uint32_t shown_segments = 64;    // of a stream, the last ones: it may have no end
  uint32_t segment_failures = 32;  // kept of one segment of live video

  // Host
  uint32_t window_bytes = 1u << 20;  // largest range that one need asks for while parsing
  uint64_t work_steps = 200000000;   // counted work of one validation

  // Report
  uint32_t delta_statuses = 128;  // listed per ingredient

  // Texts from a file
  uint32_t shown_text_bytes = 4096;
  uint32_t kept_text_bytes = 64u << 10;
};

}  // namespace assay
