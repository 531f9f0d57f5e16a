// Format detection by content (R-110, T-36).
#include "container/sniff.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace assay::container {
namespace {

using namespace std::string_literals;

Format sniffed(const std::string& bytes, std::string_view declared = "") {
  io::ByteSource source(bytes.size());
  source.supply(0, as_bytes(bytes));
  const auto format = sniff(source, declared);
  EXPECT_TRUE(format.ok());
  return format.ok() ? *format : Format::unknown;
}

struct Case {
  std::string bytes;
  Format format;
};

TEST(Sniff, R110BySignature) {
  const std::vector<Case> cases = {
      {"\xFF\xD8\xFF\xE0"s, Format::jpeg},
      {"\x89PNG\r\n\x1A\n"s, Format::png},
      {"RIFF\x10\0\0\0WEBPVP8 "s, Format::webp},
      {"RIFF\x10\0\0\0WAVEfmt "s, Format::wav},
      {"RF64\xFF\xFF\xFF\xFFWAVEds64"s, Format::wav},
      {"RIFF\x10\0\0\0AVI LIST"s, Format::avi},
      {"RIFF\x10\0\0\0RMIDdata"s, Format::unknown},
      {"GIF89a"s, Format::gif},
      {"II*\0\x08\0\0\0"s, Format::tiff},
      {"MM\0+\0\x08\0\0"s, Format::tiff},
      {"\0\0\0\x0CJXL \r\n\x87\n"s, Format::jxl},
      {"\xFF\x0A\xFA\x7F"s, Format::jxl},
      {"\0\0\0\x14"
       "ftypavif\0\0\0\0mif1"s,
       Format::avif},
      {"\0\0\0\x18"
       "ftypmif1\0\0\0\0mif1avif"s,
       Format::avif},
      {"\0\0\0\x14"
       "ftypmif1\0\0\0\0mif1avif"s,
       Format::heif},
      {"\0\0\0\x14"
       "ftypheic\0\0\0\0mif1"s,
       Format::heif},
      {"\0\0\0\x14"
       "ftypqt  \0\0\0\0qt  "s,
       Format::mov},
      {"\0\0\0\x14"
       "ftypM4A \0\0\0\0isom"s,
       Format::m4a},
      {"\0\0\0\x14"
       "ftypisom\0\0\0\0isom"s,
       Format::mp4},
      {"\0\0\0\x10stypmsdh\0\0\0\0"s, Format::mp4},
      {"\0\0\0\x08wide\0\0\0\x08mdat"s, Format::mov},
      {"fLaC\0\0\0\x22"s, Format::flac},
      {"ID3\x04\0\0\0\0\0\x02..fLaC"s, Format::flac},
      {"ID3\x04\0\0\0\0\0\x02..\xFF\xFB\x90\0"s, Format::mp3},
      {"ID3\x04\0\0\x7F\x7F\x7F\x7F"s, Format::mp3},
      {"\xFF\xFB\x90\x64"s, Format::mp3},
      {"\xFF\xF1\x50\x80"s, Format::unknown},  // ADTS
      {"OggS\0\x02"s, Format::ogg},
      {"%PDF-1.7\n"s, Format::pdf},
      {"\r\n\r\n%PDF-1.7\n"s, Format::pdf},
      {"OTTO\0\x0A"s, Format::font},
      {"\0\x01\0\0\0\x0A"s, Format::font},
      {"wOF2OTTO"s, Format::font},
      {"PK\x03\x04\x14\0"s, Format::zip},
      {"\0\0\0\x40jumb\0\0\0\x1Ejumd"s, Format::c2pa},
      {"\0\x01\0\0jumb\0\0\0\x1Ejumd"s, Format::c2pa},  // a store of 65,536 bytes is no font
      {"\0\x01\x02\x03 binary"s, Format::unknown},
      {""s, Format::text},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(sniffed(test.bytes), test.format) << format_name(test.format) << ": " << test.bytes;
  }
}

TEST(Sniff, T36ADeclaredTypeNeverOverridesASignature) {
  EXPECT_EQ(sniffed("\x89PNG\r\n\x1A\n", "image/jpeg"), Format::png);
  EXPECT_EQ(sniffed("\xFF\xD8\xFF\xE0", "text/html"), Format::jpeg);
}

TEST(Sniff, R110TextKinds) {
  struct TextCase {
    std::string bytes;
    std::string_view declared;
    Format format;
  };
  const std::vector<TextCase> cases = {
      {"<svg xmlns='http://www.w3.org/2000/svg'/>", "", Format::svg},
      {"\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- > --><!DOCTYPE svg [<!ENTITY a 'b'>]>\n<s:svg/>",
       "", Format::svg},
      {"<svg/>", "text/plain", Format::text},
      {"<svg/>", "image/png", Format::svg},
      {"<!doctype HTML><p>", "", Format::html},
      {"<!-- c --><HTML lang=en>", "application/octet-stream", Format::html},
      {"hello", "Text/HTML; charset=utf-8", Format::html},
      {"hello", "", Format::text},
      {"<note/>", "application/xml", Format::text},
      {"caf\xC3\xA9", "", Format::text},
      {"caf\xE9", "", Format::unknown},
      {"a\0b"s, "text/plain", Format::unknown},
      {"<!DOCTYPE", "", Format::text},
      {"<!--", "", Format::text},
      {"<", "", Format::text},
  };
  for (const TextCase& test : cases) {
    EXPECT_EQ(sniffed(test.bytes, test.declared), test.format) << test.bytes;
  }
}

TEST(Sniff, ACharacterCutByTheWindowIsStillText) {
  const std::string cut = "caf\xC3";
  EXPECT_EQ(sniff_text(as_bytes(cut), false, ""), Format::text);
  EXPECT_EQ(sniff_text(as_bytes(cut), true, ""), Format::unknown);
}

TEST(Sniff, AsksForBytesItDoesNotHave) {
  io::ByteSource source(100);
  EXPECT_EQ(sniff(source, "").fault(), Fault::need);
}

}  // namespace
}  // namespace assay::container
