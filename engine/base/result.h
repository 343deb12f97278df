// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/ensure.h"

namespace base {

/// Why something could not be done: one line that says what, where and what to do.
struct Error {
  std::string text;
};

/// A value or an Error, with warnings that ride along in both cases. Data errors never throw across
/// modules; bugs use ENSURE.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }

  T& value() & { ENSURE(ok()); return std::get<T>(state_); }
  const T& value() const& { ENSURE(ok()); return std::get<T>(state_); }
  T&& value() && { ENSURE(ok()); return std::get<T>(std::move(state_)); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }

  const std::string& error() const { ENSURE(!ok()); return std::get<Error>(state_).text; }

  std::vector<std::string> warnings;

 private:
  std::variant<T, Error> state_;
};

struct Nothing {};
using Status = Result<Nothing>;
inline Status okStatus() { return Nothing{}; }

}  // namespace base
