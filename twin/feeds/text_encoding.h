// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace feeds {

/// UTF-8 from bytes in a named encoding as iconv knows it ("CP949", "EUC-KR", "UTF-16LE", "ISO-8859-1").
/// "auto": a byte order mark decides; else UTF-8 when the bytes are valid UTF-8; else CP949, as public
/// Korean files are. The mark itself is dropped. The error is a reason of decode_reason.h.
base::Result<std::string> toUtf8(std::string_view bytes, const std::string& encoding);

/// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool isUtf8(std::string_view bytes);
/// False when iconv does not know the name.
bool knownEncoding(const std::string& encoding);

}  // namespace feeds
