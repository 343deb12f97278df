// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "engine/base/result.h"

namespace feeds {

/// A key or a password. It has no way into a stream or a format string by accident: who needs the text
/// says expose(), and nobody keeps what it returns.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  const std::string& expose() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

/// The first line of a file that only its owner may read (mode 0600 or less). The error is one line that
/// names the file and never what is in it.
base::Result<Secret> readSecretFile(const std::string& path);

/// Replaces every occurrence of the secret in `text`, as it is and percent-encoded, by asterisks: some
/// services repeat the key in what they answer, and answers are recorded.
void redact(std::string& text, const Secret& secret);

/// Percent-encoding of RFC 3986 section 2.1: everything but unreserved characters.
std::string percentEncoded(std::string_view text);

}  // namespace feeds
