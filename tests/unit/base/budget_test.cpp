#include "base/budget.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <string>

#include "base/result.h"

namespace assay {
namespace {

TEST(Budget, RefusesWhatExceedsIt) {
  Limits limits;
  limits.work_steps = 10;
  limits.signature_checks = 1;
  Budget budget(limits);
  EXPECT_TRUE(budget.spend(4));
  EXPECT_TRUE(budget.spend(6));
  EXPECT_FALSE(budget.exhausted());
  EXPECT_FALSE(budget.spend());
  EXPECT_TRUE(budget.exhausted());
}

TEST(Budget, StaysEmptyOnceItWasExceeded) {
  Limits limits;
  limits.work_steps = 10;
  Budget budget(limits);
  EXPECT_FALSE(budget.spend(UINT64_MAX));
  EXPECT_FALSE(budget.spend(1));  // although ten steps had been left
}

TEST(Budget, CountsSignatureChecksApart) {
  Limits limits;
  limits.signature_checks = 1;
  Budget budget(limits);
  EXPECT_TRUE(budget.spend_signature_check(1));
  budget.grant_signature_checks(1);
  EXPECT_TRUE(budget.spend_signature_check(2));
  EXPECT_FALSE(budget.exhausted());
  EXPECT_FALSE(budget.spend_signature_check(3));
  EXPECT_TRUE(budget.exhausted());
  EXPECT_TRUE(budget.spend());
}

Result<int> half(int value) {
  if (value % 2 != 0) {
    return Fault::malformed;
  }
  return value / 2;
}

Result<int> quarter(int value) {
  ASSAY_TRY(once, half(value));
  ASSAY_TRY(twice, half(once));
  return twice;
}

Status is_even(int value) {
  ASSAY_CHECK(half(value).ok() ? Status() : Status(Fault::unsupported));
  return {};
}

TEST(Result, PassesFaultsOn) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(8).fault(), Fault::none);
  EXPECT_EQ(quarter(6).fault(), Fault::malformed);
  EXPECT_FALSE(quarter(7).ok());
  EXPECT_TRUE(is_even(2).ok());
  EXPECT_EQ(is_even(3).fault(), Fault::unsupported);
}

TEST(Fault, EveryFaultHasItsName) {
  std::set<std::string> names;
  for (const Fault fault : {Fault::none, Fault::truncated, Fault::malformed, Fault::limit,
                            Fault::unsupported, Fault::need}) {
    names.insert(fault_name(fault));
  }
  EXPECT_EQ(names.size(), 6u);
  EXPECT_EQ(names.count("unknown"), 0u);
}

}  // namespace
}  // namespace assay
