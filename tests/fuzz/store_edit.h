// A manifest store taken apart into its boxes, to be changed and put together again with every
// length, hash and signature right: what a signer with our test key could have written.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "codec/jumbf/jumbf.h"
#include "cose/sign1.h"
#include "crypto/digest.h"
#include "fuzz/test_signer.h"

namespace assay::fuzz {

struct Node {
  uint32_t type = 0;
  Bytes content;               // of a box that holds no boxes
  std::vector<Node> children;  // of a superbox, the description box first
  Bytes digest;                // of a superbox, as hashed URIs have it, when it was taken apart

  bool is_superbox() const { return type == jumbf::fourcc("jumb"); }
};

inline constexpr size_t kHeader = 8;
inline constexpr int kDeepest = 12;

inline uint32_t read_u32(ByteView bytes) {
  uint32_t value = 0;
  for (const uint8_t byte : bytes.first(4)) {
    value = (value << 8U) | byte;
  }
  return value;
}

inline void append_u32(Bytes& out, uint32_t value) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    out.push_back(static_cast<uint8_t>((value >> shift) & 0xFFU));
  }
}

inline Bytes joined(const Node& node);

inline Bytes payload_of(const Node& node) {
  Bytes out = node.content;
  for (const Node& child : node.children) {
    append(out, joined(child));
  }
  return out;
}

inline Bytes joined(const Node& node) {
  const Bytes payload = payload_of(node);
  Bytes out;
  append_u32(out, static_cast<uint32_t>(payload.size() + kHeader));
  append_u32(out, node.type);
  append(out, payload);
  return out;
}

inline Bytes digest_of(const Node& node) {
  return crypto::digest(crypto::DigestAlg::sha256, payload_of(node));
}

// The boxes in `bytes`; what is no box ends the list.
inline std::vector<Node> boxes_in(ByteView bytes, int depth = 0) {
  std::vector<Node> out;
  while (bytes.size() >= kHeader) {
    const uint32_t size = read_u32(bytes);
    if (size < kHeader || size > bytes.size()) {
      break;
    }
    Node node;
    node.type = read_u32(bytes.subspan(4));
    const ByteView payload = bytes.subspan(kHeader, size - kHeader);
    if (node.is_superbox() && depth < kDeepest) {
      node.children = boxes_in(payload, depth + 1);
      node.digest = digest_of(node);
    } else {
      node.content.assign(payload.begin(), payload.end());
    }
    out.push_back(std::move(node));
    bytes = bytes.subspan(size);
  }
  return out;
}

// UUID, toggles, label
inline std::string label_of(const Node& superbox) {
  constexpr size_t kLabelAt = 17;
  if (superbox.children.empty() || superbox.children.front().content.size() <= kLabelAt) {
    return {};
  }
  const Bytes& description = superbox.children.front().content;
  const auto start = description.begin() + kLabelAt;
  return {start, std::find(start, description.end(), uint8_t{0})};
}

inline Node* child_labelled(Node& superbox, std::string_view start) {
  for (Node& child : superbox.children) {
    if (child.is_superbox() && label_of(child).rfind(start, 0) == 0) {
      return &child;
    }
  }
  return nullptr;
}

inline void replace_everywhere(Node& node, const Bytes& old, const Bytes& now) {
  auto at = node.content.begin();
  while ((at = std::search(at, node.content.end(), old.begin(), old.end())) != node.content.end()) {
    at = std::copy(now.begin(), now.end(), at);
  }
  for (Node& child : node.children) {
    replace_everywhere(child, old, now);
  }
}

// Puts the new digest of a superbox wherever the old one stood.
inline void rehash(Node& store, Node& superbox) {
  const Bytes now = digest_of(superbox);
  if (!superbox.digest.empty() && now != superbox.digest) {
    replace_everywhere(store, superbox.digest, now);
  }
  superbox.digest = now;
}

// The content box of a claim or of its signature.
inline Node* content_of(Node* superbox) {
  return superbox != nullptr && superbox->children.size() > 1 ? &superbox->children[1] : nullptr;
}

// Signs the claim anew, if it was an ES256 signature.
inline bool resign(Node& manifest) {
  const Node* claim = content_of(child_labelled(manifest, "c2pa.claim"));
  Node* signature = content_of(child_labelled(manifest, "c2pa.signature"));
  if (claim == nullptr || signature == nullptr) {
    return false;
  }
  const Limits limits;
  Budget budget(limits);
  const auto sign1 = cose::parse(signature->content, limits, budget);
  if (!sign1 || sign1->signature.size() != kSignatureBytes) {
    return false;
  }
  const Bytes made =
      sign(cose::sig_structure(cose::kSignature1, sign1->protected_bytes, claim->content));
  const auto place = sign1->signature.data() - signature->content.data();
  std::copy(made.begin(), made.end(), signature->content.begin() + place);
  return true;
}

// Makes every hash and signature right again; the manifests stand in the order in which they refer
// to each other. How many were signed.
inline int repair(Node& store) {
  int signed_anew = 0;
  for (Node& manifest : store.children) {
    if (!manifest.is_superbox()) {
      continue;
    }
    for (Node& part : manifest.children) {
      if (part.is_superbox() && label_of(part).rfind("c2pa.assertions", 0) == 0) {
        for (Node& assertion : part.children) {
          rehash(store, assertion);
        }
      }
    }
    signed_anew += resign(manifest) ? 1 : 0;
    for (Node& part : manifest.children) {
      rehash(store, part);
    }
    rehash(store, manifest);
  }
  return signed_anew;
}

}  // namespace assay::fuzz
