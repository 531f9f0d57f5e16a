#include "container/bmff_boxes.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/fourcc.h"
#include "container/bmff_layout.h"

namespace assay::container {
namespace {

constexpr std::array kContainers = {
    fourcc("moov"), fourcc("trak"), fourcc("mdia"), fourcc("minf"), fourcc("stbl"), fourcc("dinf"),
    fourcc("edts"), fourcc("udta"), fourcc("mvex"), fourcc("moof"), fourcc("traf"), fourcc("mfra"),
    fourcc("meta"), fourcc("meco"), fourcc("strk"), fourcc("strd"), fourcc("sinf"), fourcc("schi"),
    fourcc("rinf"), fourcc("hnti"), fourcc("hinf"), fourcc("iprp"), fourcc("ipco"), fourcc("grpl"),
    fourcc("tref"), fourcc("trgr"), fourcc("srpp"),
};

constexpr std::array kFullBoxes = {
    fourcc("mvhd"), fourcc("tkhd"), fourcc("mdhd"), fourcc("hdlr"), fourcc("vmhd"), fourcc("smhd"),
    fourcc("hmhd"), fourcc("nmhd"), fourcc("sthd"), fourcc("dref"), fourcc("url "), fourcc("urn "),
    fourcc("imdt"), fourcc("snim"), fourcc("stsd"), fourcc("stts"), fourcc("ctts"), fourcc("cslg"),
    fourcc("stsc"), fourcc("stsz"), fourcc("stz2"), fourcc("stco"), fourcc("co64"), fourcc("stss"),
    fourcc("stsh"), fourcc("padb"), fourcc("stdp"), fourcc("sdtp"), fourcc("sbgp"), fourcc("sgpd"),
    fourcc("subs"), fourcc("saiz"), fourcc("saio"), fourcc("elst"), fourcc("mehd"), fourcc("trex"),
    fourcc("leva"), fourcc("trep"), fourcc("assp"), fourcc("mfhd"), fourcc("tfhd"), fourcc("trun"),
    fourcc("tfdt"), fourcc("tfra"), fourcc("mfro"), fourcc("sidx"), fourcc("ssix"), fourcc("prft"),
    fourcc("emsg"), fourcc("emib"), fourcc("pdin"), fourcc("mere"), fourcc("iloc"), fourcc("iinf"),
    fourcc("infe"), fourcc("iref"), fourcc("ipro"), fourcc("pitm"), fourcc("ipma"), fourcc("ispe"),
    fourcc("pixi"), fourcc("auxC"), fourcc("xml "), fourcc("bxml"), fourcc("pssh"), fourcc("schm"),
    fourcc("tenc"), fourcc("senc"), fourcc("kind"), fourcc("cprt"), fourcc("tsel"), fourcc("elng"),
    fourcc("stri"), fourcc("stsg"), fourcc("stvi"), fourcc("iods"), fourcc("fiin"), fourcc("fpar"),
    fourcc("fecr"), fourcc("gitn"), fourcc("altr"), fourcc("ster"), fourcc("cinf"),
};

}  // namespace

bool BmffBox::has_uuid(const BmffUuid& uuid) const {
  return type == fourcc("uuid") && head_size >= header + uuid.size() &&
         equal(head_bytes().subspan(header, uuid.size()), uuid);
}

bool is_bmff_container(uint32_t type) {
  return std::find(kContainers.begin(), kContainers.end(), type) != kContainers.end();
}

bool is_bmff_full_box(uint32_t type) {
  return std::find(kFullBoxes.begin(), kFullBoxes.end(), type) != kFullBoxes.end();
}

std::string box_type_text(uint32_t type) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    const auto byte = static_cast<uint8_t>(type >> shift);
    if (byte > 0x20 && byte < 0x7F && byte != '%') {
      text.push_back(static_cast<char>(byte));
    } else if (byte == 0x20) {
      text.push_back(' ');
    } else {
      text.push_back('%');
      text.push_back(kDigits[byte >> 4]);
      text.push_back(kDigits[byte & 15]);
    }
  }
  return text;
}

}  // namespace assay::container
