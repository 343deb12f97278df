// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/text_encoding.h"

#include <iconv.h>

#include <cerrno>

#include "twin/feeds/decode_reason.h"

namespace feeds {
namespace {

class Converter {
 public:
  explicit Converter(const std::string& from) : handle_(iconv_open("UTF-8", from.c_str())) {}
  ~Converter() {
    if (ok()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  // iconv_open's own way to say no.
  bool ok() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  bool convert(std::string_view bytes, std::string& out) {
    char* in = const_cast<char*>(bytes.data());  // iconv's signature; it only reads
    size_t left = bytes.size();
    char buffer[16384];
    while (left > 0) {
      char* to = buffer;
      size_t room = sizeof buffer;
      const size_t result = iconv(handle_, &in, &left, &to, &room);
      out.append(buffer, static_cast<size_t>(to - buffer));
      if (result == static_cast<size_t>(-1) && errno != E2BIG) return false;
    }
    return true;
  }

 private:
  iconv_t handle_;
};

base::Result<std::string> convertFrom(std::string_view bytes, const std::string& encoding) {
  Converter converter(encoding);
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 2);
  if (!converter.ok() || !converter.convert(bytes, text)) return base::Error{reason::kEncoding};
  return text;
}

}  // namespace

bool isUtf8(std::string_view bytes) {
  const auto at = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  for (size_t i = 0; i < bytes.size();) {
    const unsigned char lead = at(i);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || i + length > bytes.size()) return false;
    for (size_t k = 1; k < length; ++k)
      if ((at(i + k) & 0xc0) != 0x80) return false;
    const unsigned char second = at(i + 1);
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) || (lead == 0xf0 && second < 0x90) ||
        (lead == 0xf4 && second > 0x8f))
      return false;
    i += length;
  }
  return true;
}

bool knownEncoding(const std::string& encoding) {
  return encoding == "auto" || Converter(encoding).ok();
}

base::Result<std::string> toUtf8(std::string_view bytes, const std::string& encoding) {
  if (bytes.starts_with("\xef\xbb\xbf")) {
    bytes.remove_prefix(3);
    if (!isUtf8(bytes)) return base::Error{reason::kEncoding};
    return std::string(bytes);
  }
  if (bytes.starts_with("\xff\xfe")) return convertFrom(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with("\xfe\xff")) return convertFrom(bytes.substr(2), "UTF-16BE");
  if (encoding != "auto") return convertFrom(bytes, encoding);
  if (isUtf8(bytes)) return std::string(bytes);
  return convertFrom(bytes, "CP949");
}

}  // namespace feeds
