// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/compression.h"
#include "twin/history/bytes.h"
#include "twin/history/history.h"

namespace history {

// The packed journal: zstd over a version byte (1), then records. Each begins with a byte of its sort.
//   1 message      the rows that follow came with it; source, received time, late?
//   2 value        entity, kind, property, unit (names), value, event time, provenance, bad?
//   3 pose         entity, kind, position, heading, pitch, speed, event time, provenance
//   4 departure    entity, event time
//   5 description  entity, kind, and all of model::DescriptionObservation
//   6 event        all of model::EventObservation
// Doubles are kept bit for bit: state read back has the same hash as the state that was live.

struct MessageRecord {
  base::UtcNs received = 0;
  uint16_t source = 0;  ///< number in table `source`
  bool late = false;    ///< was not shown: older than what was known
};
struct ValueRecord {
  NameId entity = 0, kind = 0, property = 0, unit = 0;
  model::Value value;
  base::UtcNs event = 0;
  model::Provenance provenance{};
  bool bad = false;
};
struct PoseRecord {
  NameId entity = 0, kind = 0;
  glm::dvec3 position{0};
  double heading = 0, pitch = 0, speed = 0;
  base::UtcNs event = 0;
  model::Provenance provenance{};
  bool hasElevation = false;
};
struct DepartureRecord {
  NameId entity = 0;
  base::UtcNs event = 0;
};
struct DescriptionRecord {
  NameId entity = 0, kind = 0;
  model::DescriptionObservation what;  ///< without entity and kind
};
struct EventRecord {
  NameId entity = 0;
  model::EventObservation what;  ///< without entity
};

class JournalWriter {
 public:
  JournalWriter() { bytes_.u8(1); }
  void add(const MessageRecord& message);
  void add(const ValueRecord& value);
  void add(const PoseRecord& pose);
  void add(const DepartureRecord& departure);
  void add(const DescriptionRecord& description);
  void add(const EventRecord& event);
  size_t rawBytes() const { return bytes_.out.size(); }
  std::string finish() const { return base::packed(bytes_.out); }

 private:
  ByteWriter bytes_;
  base::UtcNs received_ = 0;  // of the message before, then of this one
};

/// Is told what a block holds, in order.
class JournalVisitor {
 public:
  virtual ~JournalVisitor() = default;
  /// False: the rows of this message are passed over.
  virtual bool on(const MessageRecord& message) = 0;
  virtual void on(const ValueRecord& value) = 0;
  virtual void on(const PoseRecord& pose) = 0;
  virtual void on(const DepartureRecord& departure) = 0;
  virtual void on(const DescriptionRecord& description) = 0;
  virtual void on(const EventRecord& event) = 0;
};

base::Status readJournal(std::string_view packed, JournalVisitor& visitor);

void writeValue(ByteWriter& out, const model::Value& value);
model::Value readValue(ByteReader& in);
void writeGeometry(ByteWriter& out, const model::Geometry* geometry);
std::shared_ptr<const model::Geometry> readGeometry(ByteReader& in);

}  // namespace history
