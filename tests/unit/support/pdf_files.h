// Builder for tiny PDF files: objects are written one after another, and each revision ends with a
// cross-reference table.
#pragma once

#include <cstdio>
#include <map>
#include <string>

#include "base/bytes.h"

namespace assay::test {

class PdfFile {
 public:
  PdfFile() { text_ = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"; }

  // Writes object `number`; returns where it begins.
  size_t object(int number, const std::string& body) {
    offsets_[number] = text_.size();
    text_ += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
    return offsets_[number];
  }
  // A stream object; returns where its data begins.
  size_t stream(int number, const std::string& entries, const std::string& data,
                const std::string& length = "") {
    offsets_[number] = text_.size();
    text_ += std::to_string(number) + " 0 obj\n<<" + entries + "/Length " +
             (length.empty() ? std::to_string(data.size()) : length) + ">>\nstream\r\n";
    const size_t begin = text_.size();
    text_ += data + "\nendstream\nendobj\n";
    return begin;
  }
  // Ends the revision with a table of the objects written since the last one.
  void table(const std::string& trailer = "/Root 1 0 R") {
    const size_t at = text_.size();
    text_ += "xref\n";
    for (const auto& [number, offset] : offsets_) {
      char line[32];
      std::snprintf(line, sizeof line, "%010zu 00000 n \n", offset);
      text_ += std::to_string(number) + " 1\n" + line;
    }
    const std::string prev = previous_ > 0 ? "/Prev " + std::to_string(previous_) : "";
    text_ += "trailer\n<<" + trailer + prev + ">>\n";
    end(at);
  }
  void end(size_t at) {
    text_ += "startxref\n" + std::to_string(at) + "\n%%EOF\n";
    previous_ = at;
    offsets_.clear();
  }
  const std::string& text() const { return text_; }
  size_t size() const { return text_.size(); }
  size_t offset_of(int number) const { return offsets_.at(number); }
  void append(const std::string& text) { text_ += text; }

 private:
  std::string text_;
  std::map<int, size_t> offsets_;
  size_t previous_ = 0;
};

}  // namespace assay::test
