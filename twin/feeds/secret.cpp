// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/secret.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>

namespace feeds {
namespace {

constexpr size_t kShortest = 6;  // below it a "secret" would blank out half of an answer

void replaceAll(std::string& text, const std::string& what) {
  if (what.size() < kShortest) return;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size()))
    std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(at), what.size(), '*');
}

}  // namespace

base::Result<Secret> readSecretFile(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return base::Error{"secret file " + path + " cannot be read"};
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return base::Error{"secret file " + path + " may be read by others; run: chmod 600 " + path};
  }
  std::ifstream file(path);
  std::string text;
  std::getline(file, text);
  while (!text.empty() && (text.back() == '\r' || text.back() == ' ')) text.pop_back();
  if (text.empty()) return base::Error{"secret file " + path + " is empty"};
  return Secret(std::move(text));
}

std::string percentEncoded(std::string_view text) {
  constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4];
    encoded += kHex[byte & 15];
  }
  return encoded;
}

void redact(std::string& text, const Secret& secret) {
  replaceAll(text, secret.expose());
  replaceAll(text, percentEncoded(secret.expose()));
}

}  // namespace feeds
