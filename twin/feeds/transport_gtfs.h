// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "twin/feeds/transport.h"

namespace feeds {

/// Delivers a static GTFS feed from a zip file or a folder of .txt files once, as a zip on topic gtfs/<name>.
/// The file is read on a thread of its own. What cannot be read leaves the transport Failed, with the reason.
std::unique_ptr<Transport> makeGtfsTransport(std::filesystem::path path);

/// The name of the feed: the file's or folder's without ".zip".
std::string gtfsFeedName(const std::filesystem::path& path);

/// The feed as the bytes of a zip archive, at most 64 MiB. The error is one line for people.
base::Result<std::string> readGtfsFile(const std::filesystem::path& path);

}  // namespace feeds
