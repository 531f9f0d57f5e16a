#include "manifest/detail_tables.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace assay::manifest {
namespace {

using Field = DetailField;
using Type = FieldType;

constexpr bool kRequired = true;

// declared, and never looked up.
constexpr std::array kSoftBindingBlock = {
    Field{"scope/timespan/start", "start", Type::uint},
    Field{"scope/timespan/end", "end", Type::uint},
    Field{"scope/region", "region", Type::present},
    Field{"scope/extent", "extentSize", Type::size},
    Field{"value", "valueSize", Type::size, kRequired},
};
constexpr std::array kSoftBinding = {
    Field{"alg", "algorithm"},  // if not here, in the claim
    Field{"name", "name"},
    Field{"bindingMetadata/description", "description"},
    Field{"blocks", "blocks", Type::list, kRequired, kSoftBindingBlock},
};

constexpr std::array kCloudData = {
    Field{"label", "label", Type::text, kRequired},
    Field{"size", "size", Type::uint, kRequired},
    Field{"location/url", "url", Type::text, kRequired},
    Field{"location/alg", "algorithm"},
    Field{"location/hash", "hash", Type::hex},
    Field{"content_type", "mediaType"},
    Field{"location/dc:format", "mediaType"},
};

constexpr std::array kExternalReference = {
    Field{"label", "label"},
    Field{"description", "description"},
    Field{"location/url", "url", Type::text, kRequired},
    Field{"location/alg", "algorithm"},
    Field{"location/hash", "hash", Type::hex},
    Field{"location/dc:format", "mediaType"},
    Field{"location/size", "size", Type::uint},
};

constexpr std::array kAlternativeContent = {
    Field{"type", "type", Type::text, kRequired},
    Field{"parameters/multiAssetPartIndex", "part", Type::uint},
    Field{"multiAssetPartIndex", "part", Type::uint},
    Field{"parameters/embeddedOriginalPreservationImage/url", "image"},
    Field{"embeddedOriginalPreservationImage/url", "image"},
};

constexpr std::array kReference = {
    Field{"reference/uri", "uri", Type::text, kRequired},
    Field{"description", "description"},
};
constexpr std::array kAssetReference = {
    Field{"references", "references", Type::list, kRequired, kReference},
};

constexpr std::array kOneAssetType = {
    Field{"type", "type", Type::text, kRequired},
    Field{"version", "version"},
};
constexpr std::array kAssetType = {
    Field{"dc:format", "mediaType"},
    Field{"type", "type"},  // of the first version, which knew one type only
    Field{"version", "version"},
    Field{"types", "types", Type::list, false, kOneAssetType},
};

constexpr std::array kAiDisclosure = {
    Field{"modelType", "modelType", Type::text, kRequired},
    Field{"modelName", "modelName"},
    Field{"modelIdentifier", "modelIdentifier"},
    Field{"contentProfile/humanOversightLevel", "humanOversight"},
    Field{"contentProfile/scientificDomain", "scientificDomain", Type::texts},
};

// R-584, R-1162.
constexpr std::array kUse = {
    Field{"use", "use", Type::text, kRequired},
    Field{"constraint_info", "constraint"},
};
constexpr std::array kTrainingMining = {
    Field{"entries", "entries", Type::entries, kRequired, kUse},
};
constexpr std::array kEndorsement = {
    Field{"notValidBefore", "notValidBefore", Type::text, kRequired},
    Field{"notValidAfter", "notValidAfter", Type::text, kRequired},
};

// The key is a COSE_Key, whose label 2 is `kid` (RFC 9052 §7.1).
constexpr std::array kSessionKey = {
    Field{"key/#2", "kid", Type::hex, kRequired},
    Field{"minSequenceNumber", "minSequenceNumber", Type::uint, kRequired},
    Field{"createdAt", "createdAt", Type::text, kRequired},
    Field{"validityPeriod", "validSeconds", Type::uint, kRequired},
};
constexpr std::array kSessionKeys = {
    Field{"keys", "keys", Type::list, kRequired, kSessionKey},
};

constexpr std::array kDepthMap = {
    Field{"GDepth:Format", "format", Type::text, kRequired},
    Field{"GDepth:Near", "near", Type::number, kRequired},
    Field{"GDepth:Far", "far", Type::number, kRequired},
    Field{"GDepth:Units", "units"},
    Field{"GDepth:MeasureType", "measureType"},
    Field{"GDepth:Mime", "mediaType", Type::text, kRequired},
    Field{"GDepth:Data", "size", Type::size, kRequired},
    Field{"GDepth:Manufacturer", "manufacturer"},
    Field{"GDepth:Model", "model"},
    Field{"GDepth:Software", "software"},
    Field{"GDepth:ImageWidth", "imageWidth", Type::number},
    Field{"GDepth:ImageHeight", "imageHeight", Type::number},
};

// People and companies named there stay data.
constexpr std::array kFontInfo = {
    Field{"fullName", "fullName", Type::text, kRequired},
    Field{"familyName", "familyName", Type::text, kRequired},
    Field{"postScriptName", "postScriptName", Type::text, kRequired},
    Field{"style", "style", Type::text, kRequired},
    Field{"weight/class", "weight"},
    Field{"weight/value", "weightValue", Type::uint},
    Field{"format", "format", Type::text, kRequired},
    Field{"version", "version"},
    Field{"releaseDate", "releaseDate"},
    Field{"copyrightNotice", "copyrightNotice", Type::text, kRequired},
};

constexpr std::array kSustainability = {
    Field{"energy_kwh/value", "energyKwh", Type::number},
    Field{"energy_kwh/measurementMethod", "energyMethod"},
    Field{"carbon_kgco2e/value", "carbonKgCo2e", Type::number},
    Field{"carbon_kgco2e/measurementMethod", "carbonMethod"},
    Field{"water_litres/value", "waterLitres", Type::number},
    Field{"water_litres/measurementMethod", "waterMethod"},
};

constexpr std::array kRepositoryReceipt = {
    Field{"", "statements", Type::scalars},
};

// a map of manifests to tokens.
constexpr std::array kToken = {
    Field{"", "size", Type::size, kRequired},
};
constexpr std::array kTimeStamp = {
    Field{"", "tokens", Type::entries, kRequired, kToken},
};
constexpr std::array kCertificateStatus = {
    Field{"ocspVals", "answers", Type::count, kRequired},
};

// Names only: values are data, and who is named there has a zone of their own (T-09).
constexpr std::array kMetadata = {
    Field{"@context", "schemas", Type::names},
    Field{"", "fields", Type::names, kRequired},
};

constexpr std::array kRating = {
    Field{"value", "value", Type::uint, kRequired},
    Field{"code", "code"},
    Field{"explanation", "explanation"},
};
constexpr std::array kAssertionMetadata = {
    Field{"dateTime", "dateTime"},
    Field{"dataSource/type", "dataSource"},
    Field{"reference/url", "about"},
    Field{"reviewRatings", "ratings", Type::list, false, kRating},
};

// what it says of the work; who made it is an attached name.
constexpr std::array kCreativeWork = {
    Field{"headline", "headline"},
    Field{"name", "name"},
    Field{"url", "url"},
    Field{"datePublished", "datePublished"},
    Field{"copyrightYear", "copyrightYear", Type::scalar},
    Field{"copyrightNotice", "copyrightNotice"},
};
constexpr std::array kClaimReview = {
    Field{"claimReviewed", "claimReviewed", Type::text, kRequired},
    Field{"itemReviewed/url", "about"},
    Field{"reviewRating/ratingValue", "rating", Type::scalar},
    Field{"reviewRating/alternateName", "ratingName"},
    Field{"reviewRating/ratingExplanation", "explanation"},
    Field{"url", "url"},
};

// The first row that fits counts. Rows without fields are files.
constexpr std::array kKinds = {
    DetailKind{"c2pa.thumbnail.*", "thumbnail", {}},
    DetailKind{"c2pa.icon", "icon", {}},
    DetailKind{"c2pa.embedded-data", "embeddedData", {}},
    DetailKind{"c2pa.soft-binding", "softBinding", kSoftBinding},
    DetailKind{"c2pa.cloud-data", "cloudData", kCloudData},
    DetailKind{"c2pa.external-reference", "externalReference", kExternalReference},
    DetailKind{"c2pa.alternative-content-representation", "alternativeContent",
               kAlternativeContent},
    DetailKind{"c2pa.asset-ref", "assetReference", kAssetReference},
    DetailKind{"c2pa.asset-type", "assetType", kAssetType},
    DetailKind{"c2pa.asset-type.v2", "assetType", kAssetType},
    DetailKind{"c2pa.ai-disclosure", "aiDisclosure", kAiDisclosure},
    DetailKind{"c2pa.training-mining", "trainingMining", kTrainingMining},
    DetailKind{"cawg.training-mining", "trainingMining", kTrainingMining},
    DetailKind{"c2pa.endorsement", "endorsement", kEndorsement},
    DetailKind{"cawg.endorsement", "endorsement", kEndorsement},
    DetailKind{"c2pa.session-keys", "sessionKeys", kSessionKeys},
    DetailKind{"c2pa.depthmap.GDepth", "depthMap", kDepthMap},
    DetailKind{"font.info", "fontInfo", kFontInfo},
    DetailKind{"c2pa.font.info", "fontInfo", kFontInfo},
    DetailKind{"c2pa.environmental-sustainability", "sustainability", kSustainability},
    DetailKind{"c2pa.repository-receipt", "repositoryReceipt", kRepositoryReceipt},
    DetailKind{"c2pa.time-stamp", "timeStamps", kTimeStamp},
    DetailKind{"c2pa.certificate-status", "certificateStatus", kCertificateStatus},
    DetailKind{"stds.schema-org.CreativeWork", "creativeWork", kCreativeWork},
    DetailKind{"stds.schema-org.ClaimReview", "claimReview", kClaimReview},
    DetailKind{"c2pa.assertion.metadata", "assertionMetadata", kAssertionMetadata},
    DetailKind{"stds.exif", "metadata", kMetadata},
    DetailKind{"stds.iptc*", "metadata", kMetadata},
    DetailKind{"*.metadata", "metadata", kMetadata},
};

bool fits(std::string_view pattern, std::string_view label) {
  if (ends_with(pattern, "*")) {
    return starts_with(label, pattern.substr(0, pattern.size() - 1));
  }
  return starts_with(pattern, "*") ? ends_with(label, pattern.substr(1)) : label == pattern;
}

}  // namespace

const DetailKind* detail_kind(std::string_view base_label) {
  const auto* const found = std::find_if(kKinds.begin(), kKinds.end(), [&](const DetailKind& row) {
    return fits(row.label, base_label);
  });
  return found == kKinds.end() ? nullptr : found;
}

}  // namespace assay::manifest
