// Byte by byte, in windows of 64 KiB or whole: the corpus gives the same reports. The smallest
// files of every format; ASSAY_WHOLE_CORPUS takes all.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "report/hosts.h"
#include "support/corpus.h"

namespace assay::validate {
namespace {

constexpr size_t kEach = 3;
constexpr size_t kLargest = 128u << 10;

std::vector<test::CorpusFile> chosen(std::string_view format) {
  auto files = test::corpus_files(format);
  if (std::getenv("ASSAY_WHOLE_CORPUS") != nullptr) {
    return files;
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.bytes.size() < b.bytes.size(); });
  files.resize(std::min(files.size(), kEach));
  std::erase_if(files, [](const auto& file) { return file.bytes.size() > kLargest; });
  return files;
}

TEST(Corpus, GivesTheSameReportsInPiecesOfAnySize) {
  Engine engine;
  size_t count = 0;
  for (const char* format :
       {"avi",     "avif", "c2pa", "dng",  "flac", "fmp4", "font", "gif", "heif",
        "hostile", "html", "jpeg", "jxl",  "m4a",  "mov",  "mp3",  "mp4", "none",
        "pdf",     "png",  "svg",  "text", "tiff", "wav",  "webp", "zip"}) {
    for (const test::CorpusFile& file : chosen(format)) {
      const std::string whole = test::report_on(engine, file.bytes, {});
      EXPECT_EQ(whole, test::report_on(engine, file.bytes, {65536, true})) << file.file;
      EXPECT_EQ(whole, test::report_on(engine, file.bytes, {1, false})) << file.file;
      ++count;
    }
  }
  if (count == 0) {
    GTEST_SKIP() << "no corpus: its files are not read in pieces";
  }
  EXPECT_GT(count, 40u);
}

}  // namespace
}  // namespace assay::validate
