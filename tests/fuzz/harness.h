// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "twin/model/observation.h"

namespace fuzz {

/// One thing to fuzz, named like its folder in corpus/. `run` takes any bytes; whatever it does wrong ends the
/// program (a sanitizer's report, ENSURE).
struct Harness {
  const char* name;
  void (*run)(std::string_view input);
};

/// Of decoder_harnesses.cpp: every decoder of the table.
std::span<const Harness> decoders();
/// Of file_harnesses.cpp: what reads files, archives, mappings and keyframes.
std::span<const Harness> readers();

/// The bytes as a message of each topic, through everything that runs before the store: learning, decoding
/// with all that a decoder may know, units and ranges. What comes out must make sense.
void decodeOn(std::initializer_list<const char*> topics, std::string_view input);
/// Writes what binary formats start from, a folder a harness: made by our own writers, since a text editor cannot.
void writeSeeds(const char* folder);
/// Ends the program when `seen` holds what no decoder may let pass (tests/support/nonsense.h).
void refuseNonsense(const char* from, const model::Observations& seen);

}  // namespace fuzz
