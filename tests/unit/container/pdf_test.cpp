#include <gtest/gtest.h>

#include "support/bmff_files.h"
#include "support/feeds.h"
#include "support/pdf_files.h"

namespace assay::container {
namespace {

using test::box;
using test::bytes_of;
using test::PdfFile;
using test::store_of;
using test::walk_every_way;

const Bytes kManifest = box("jumb", bytes_of("one manifest"));
const Bytes kStore = store_of(kManifest);
const std::string kStoreText(as_text(kStore));
const std::string kSpecification =
    "<</Type/Filespec/AFRelationship/C2PA_Manifest/Subtype/application#2Fc2pa/F(c.c2pa)"
    "/EF<</F 3 0 R>>>>";

Carrier carrier_of(const PdfFile& file) { return walk_every_way(as_bytes(file.text())).carrier; }

// R-160: catalog, file specification, embedded file; the carrier is the stream's data.
TEST(Pdf, AssociatedFile) {
  PdfFile file;
  file.object(1, "<</Type/Catalog % a comment >>\n/AF[2 0 R]>>");
  file.object(2, kSpecification);
  const size_t at = file.stream(3, "/Type/EmbeddedFile", kStoreText);
  file.table();
  const auto carrier = carrier_of(file);
  EXPECT_EQ(carrier.format, Format::pdf);
  ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
  EXPECT_EQ(carrier.stores[0].bytes, kStore);
  EXPECT_EQ(carrier.stores[0].carrier, (std::vector<Range>{{at, kStore.size()}}));
}

// R-160: every way to write the same down.
TEST(Pdf, Spellings) {
  for (const std::string& catalog :
       {std::string("<</AF 4 0 R>>"), std::string("<</AF[4 0 R 2 0 R]>>"),
        std::string("<</AF 2 0 R>>"), "<</AF[" + kSpecification + "]>>",
        std::string("<</A#46[2 0 R]>>"), std::string("<</Names 5 0 R>>"),
        std::string("<</Names<</EmbeddedFiles<</Kids[6 0 R]>>>>>>")}) {
    PdfFile file;
    file.object(1, catalog);
    file.object(2, kSpecification);
    file.stream(3, "", kStoreText, "7 0 R");
    file.object(4, "[2 0 R]");
    file.object(5, "<</EmbeddedFiles 6 0 R>>");
    file.object(6, "<</Names[(a\\)>>) 2 0 R]>>");
    file.object(7, std::to_string(kStore.size()));
    file.table();
    EXPECT_EQ(carrier_of(file).state, StoreState::single) << catalog;
  }
}

// R-164: what is attached to another object, or has another relationship, is not the document's.
TEST(Pdf, OtherEmbeddedFiles) {
  PdfFile file;
  file.object(1, "<</Pages 4 0 R/AF[5 0 R]>>");
  file.object(2, kSpecification);
  file.stream(3, "", kStoreText);
  file.object(4, "<</Type/Pages/AF[2 0 R]>>");
  file.object(5, "<</AFRelationship/Data/EF<</F 3 0 R>>>>");
  file.table();
  EXPECT_EQ(carrier_of(file).state, StoreState::none);
}

// Cross-reference stream and object stream (ISO 32000-2 §7.5.7, §7.5.8), plain and deflated.
TEST(Pdf, CompressedStructure) {
  // Both hold "1 0 2 NN <catalog> <specification>", the second in one stored deflate block.
  const std::string catalog = "<</AF[2 0 R]>>";
  const std::string header = "1 0 2 " + std::to_string(catalog.size() + 1) + " ";
  const std::string plain = header + catalog + " " + kSpecification;
  std::string deflated("\x78\x01\x01", 3);
  const auto size = static_cast<uint16_t>(plain.size());
  for (const uint16_t value : {size, static_cast<uint16_t>(~size)}) {
    deflated.push_back(static_cast<char>(value & 0xFF));
    deflated.push_back(static_cast<char>(value >> 8));
  }
  deflated += plain + "sum4";
  for (const bool compress : {false, true}) {
    PdfFile file;
    file.stream(3, "", kStoreText);
    file.stream(4,
                "/Type/ObjStm/N 2/First " + std::to_string(header.size()) +
                    (compress ? "/Filter/FlateDecode" : ""),
                compress ? deflated : plain);
    std::string entries;
    const auto entry = [&entries](int type, size_t second, int third) {
      entries.push_back(static_cast<char>(type));
      entries.push_back(static_cast<char>(second >> 8));
      entries.push_back(static_cast<char>(second & 0xFF));
      entries.push_back(static_cast<char>(third));
    };
    entry(2, 4, 0);
    entry(2, 4, 1);
    entry(1, file.offset_of(3), 0);
    entry(1, file.offset_of(4), 0);
    const size_t at = file.size();
    file.stream(5, "/Type/XRef/W[1 2 1]/Index[1 4]/Size 5/Root 1 0 R", entries);
    file.end(at);
    const auto carrier = carrier_of(file);
    ASSERT_EQ(carrier.state, StoreState::single) << compress;
    EXPECT_EQ(carrier.stores[0].bytes, kStore);
  }
}

// The PNG "up" predictor, as writers apply it to cross-reference streams.
TEST(Pdf, Predictor) {
  PdfFile file;
  file.object(1, "<</AF[2 0 R]>>");
  file.object(2, kSpecification);
  file.stream(3, "", kStoreText);
  std::string rows;
  std::string above(4, '\0');
  for (int number = 1; number <= 3; ++number) {
    const size_t offset = file.offset_of(number);
    const std::string row{'\1', static_cast<char>(offset >> 8), static_cast<char>(offset & 0xFF),
                          '\0'};
    rows.push_back(2);
    for (size_t i = 0; i < 4; ++i) {
      rows.push_back(static_cast<char>(row[i] - above[i]));
    }
    above = row;
  }
  std::string deflated("\x78\x01\x01\x0F\x00\xF0\xFF", 7);
  deflated += rows;
  const size_t at = file.size();
  file.stream(5,
              "/Type/XRef/W[1 2 1]/Index[1 3]/Size 4/Root 1 0 R/Filter[/FlateDecode]"
              "/DecodeParms[<</Predictor 12/Columns 4>>]",
              deflated);
  file.end(at);
  EXPECT_EQ(carrier_of(file).state, StoreState::single);
}

PdfFile first_revision() {
  PdfFile file;
  file.object(1, "<</AF[2 0 R]>>");
  file.object(2, kSpecification);
  file.stream(3, "", kStoreText);
  file.table();
  return file;
}

// R-161: the stores of two revisions are one, the newer manifest last.
// R-163, A-08: the exclusions of every revision are known, whichever revision's store is the last.
TEST(Pdf, IncrementalUpdate) {
  const Bytes second = box("jumb", bytes_of("second manifest"));
  PdfFile file = first_revision();
  file.object(1, "<</AF[2 0 R 4 0 R]>>");
  file.object(4, "<</AFRelationship/C2PA_Manifest/EF<</F 5 0 R>>>>");
  file.stream(5, "", std::string(as_text(store_of(second))));
  file.table();
  const auto carrier = carrier_of(file);
  ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
  EXPECT_EQ(carrier.stores[0].bytes, store_of(test::join(kManifest, second)));
  EXPECT_EQ(carrier.stores[0].carrier.size(), 2u);
  // A store of an older revision is seen although the newest catalog names only its own.
  PdfFile replaced = first_revision();
  replaced.object(1, "<</AF[4 0 R]>>");
  replaced.object(4, "<</AFRelationship/C2PA_Manifest/EF<</F 5 0 R>>>>");
  replaced.stream(5, "", std::string(as_text(store_of(second))));
  replaced.table();
  EXPECT_EQ(carrier_of(replaced).stores.at(0).bytes, store_of(test::join(kManifest, second)));
}

// R-161, R-102: two in one revision are ignored; one of an earlier revision still counts.
TEST(Pdf, TwoStoresInOneRevision) {
  const auto add_two = [](PdfFile& file) {
    file.object(1, "<</AF[2 0 R 4 0 R 6 0 R]>>");
    file.object(4, "<</AFRelationship/C2PA_Manifest/EF<</F 5 0 R>>>>");
    file.stream(5, "", kStoreText);
    file.object(6, "<</AFRelationship/C2PA_Manifest/EF<</F 7 0 R>>>>");
    file.stream(7, "", kStoreText);
    file.table();
  };
  PdfFile updated = first_revision();
  add_two(updated);
  const auto carrier = carrier_of(updated);
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(carrier.stores[0].bytes, kStore);
  PdfFile alone;
  add_two(alone);
  EXPECT_EQ(carrier_of(alone).state, StoreState::multiple);
}

// T-38: an embedded file that is no store, is missing, or is cut.
TEST(Pdf, BrokenStores) {
  for (const auto& [length, data] : {std::pair<std::string, std::string>{"", "no JUMBF here"},
                                     {"", kStoreText.substr(0, 20)},
                                     {"99999", kStoreText},
                                     {"-1", kStoreText},
                                     {"9 0 R", kStoreText}}) {
    PdfFile file;
    file.object(1, "<</AF[2 0 R]>>");
    file.object(2, kSpecification);
    file.stream(3, "", data, length);
    file.table();
    EXPECT_EQ(carrier_of(file).state, StoreState::broken) << length;
  }
  PdfFile missing;
  missing.object(1, "<</AF[2 0 R]>>");
  missing.object(2, kSpecification);
  missing.table();
  EXPECT_EQ(carrier_of(missing).state, StoreState::broken);
  PdfFile filtered;
  filtered.object(1, "<</AF[2 0 R]>>");
  filtered.object(2, kSpecification);
  filtered.stream(3, "/Filter/LZWDecode", kStoreText);
  filtered.table();
  EXPECT_EQ(carrier_of(filtered).state, StoreState::broken);
}

// R-162: the place of a signature's Contents may be excluded, so it is reported.
TEST(Pdf, SignatureContents) {
  PdfFile file;
  file.object(1, "<</AF[2 0 R]/AcroForm<</Fields[4 0 R]>>>>");
  file.object(2, kSpecification);
  file.stream(3, "", kStoreText);
  file.object(4, "<</Kids[5 0 R]>>");
  file.object(5, "<</FT/Sig/V 6 0 R>>");
  const size_t at = file.object(6, "<</Type/Sig/Contents<00 11 aB>/ByteRange[0 1 2 3]>>");
  file.table();
  const auto carrier = carrier_of(file);
  ASSERT_EQ(carrier.metadata.size(), 1u);
  EXPECT_EQ(carrier.metadata[0].kind, "PDF signature");
  const size_t begin = file.text().find("<00 11", at);
  EXPECT_EQ(carrier.metadata[0].range, (Range{begin, 10}));
}

// R-103: without a store the XMP pointer is read.
TEST(Pdf, ProvenancePointer) {
  PdfFile file;
  file.object(1, "<</Metadata 2 0 R>>");
  file.stream(2, "/Type/Metadata/Subtype/XML",
              "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
              "xmlns:dcterms='http://purl.org/dc/terms/' dcterms:provenance='https://a.example/m'/>"
              "</rdf:RDF>");
  file.table();
  EXPECT_EQ(carrier_of(file).provenance_url, "https://a.example/m");
}

// Bytes in front of the header: offsets count from the header.
TEST(Pdf, BytesInFront) {
  const auto walked = walk_every_way(as_bytes("junk\n" + first_revision().text()));
  EXPECT_EQ(walked.carrier.state, StoreState::single);
}

// Cycles, self-references and nesting end; nothing is found where nothing can be read.
TEST(Pdf, HostileStructure) {
  PdfFile cycle;
  cycle.object(1, "<</AF 1 0 R/Names 1 0 R/EmbeddedFiles<</Kids[1 0 R 1 0 R]>>>>");
  cycle.table("/Root 1 0 R/Prev 15");
  EXPECT_EQ(carrier_of(cycle).state, StoreState::none);
  PdfFile nested;
  nested.object(1, std::string(5000, '[') + std::string(5000, ']'));
  nested.table();
  EXPECT_EQ(walk_every_way(as_bytes(nested.text())).carrier.state, StoreState::none);
  PdfFile root_cycle;
  root_cycle.object(1, "1 0 R");
  root_cycle.table();
  EXPECT_EQ(carrier_of(root_cycle).state, StoreState::none);
  const auto plain = walk_every_way(as_bytes("%PDF-1.7 and nothing else"));
  EXPECT_EQ(plain.carrier.state, StoreState::none);
  EXPECT_EQ(plain.carrier.notes.at(0).kind, "pdfDamaged");
}

TEST(Pdf, TruncationAtEveryByte) {
  const std::string text = first_revision().text();
  for (size_t length = 5; length + 8 < text.size(); ++length) {
    const auto walked = test::walk(as_bytes(text.substr(0, length)), 64);
    EXPECT_EQ(walked.fault, Fault::none) << length;
    EXPECT_NE(walked.carrier.state, StoreState::multiple) << length;
  }
}

}  // namespace
}  // namespace assay::container
