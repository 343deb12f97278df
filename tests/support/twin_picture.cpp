// SPDX-License-Identifier: Apache-2.0
#include "tests/support/twin_picture.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/wait.h>

namespace support {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

/// The number after "validation_messages": in the statistics file.
uint64_t validationIn(const std::filesystem::path& stats) {
  std::ifstream in(stats);
  std::stringstream text;
  text << in.rdbuf();
  const std::string key = "\"validation_messages\":";
  const size_t at = text.str().find(key);
  return at == std::string::npos ? UINT64_MAX : std::strtoull(text.str().c_str() + at + key.size(), nullptr, 10);
}

}  // namespace

TwinRun runTwin(const std::string& name, std::vector<std::string> arguments, bool picture) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(ALPHACITY_GOLDEN_OUTPUT_DIR) / "runs";
  fs::create_directories(folder);
  const fs::path out = folder / (name + ".png");
  const fs::path stats = folder / (name + ".json");
  fs::remove(out);
  fs::remove(stats);
  if (picture) {
    for (const std::string& argument : {std::string("--headless"), std::string("--validation"), std::string("--out"), out.string(),
                                        std::string("--stats"), stats.string()})
      arguments.push_back(argument);
  }
  std::string command = quoted(ALPHACITY_PROGRAM);
  for (const std::string& argument : arguments) command += " " + quoted(argument);
  command += " 2>&1";
  TwinRun run;
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return run;
  std::array<char, 4096> buffer;
  while (const size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe)) run.output.append(buffer.data(), got);
  const int status = pclose(pipe);
  run.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  if (!picture) return run;
  if (auto read = readPng(out.string())) run.picture = std::move(*read);
  run.validationMessages = validationIn(stats);
  return run;
}

}  // namespace support
