// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/encode_gtfs_rt.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include "gtfs-realtime.pb.h"
#pragma GCC diagnostic pop

namespace feeds {

namespace rt = transit_realtime;

std::string gtfsTopic(std::string_view kind) {
  return "gtfs-rt/" + std::string(kind) + "/vehicle_positions";
}

std::string encodeVehiclePositions(base::UtcNs now, std::span<const GtfsVehicle> vehicles, bool simulated) {
  rt::FeedMessage feed;
  feed.mutable_header()->set_gtfs_realtime_version("2.0");
  feed.mutable_header()->set_incrementality(rt::FeedHeader::FULL_DATASET);
  feed.mutable_header()->set_timestamp(static_cast<uint64_t>(now / base::kNsPerSecond));
  if (simulated) feed.mutable_header()->set_feed_version("sim");
  for (const GtfsVehicle& v : vehicles) {
    rt::FeedEntity& entity = *feed.add_entity();
    entity.set_id(v.id);
    rt::VehiclePosition& position = *entity.mutable_vehicle();
    position.mutable_vehicle()->set_id(v.id);
    if (!v.label.empty()) position.mutable_vehicle()->set_label(v.label);
    if (!v.tripId.empty()) {
      position.mutable_trip()->set_trip_id(v.tripId);
      position.mutable_trip()->set_schedule_relationship(rt::TripDescriptor::SCHEDULED);
    }
    if (!v.routeId.empty()) position.mutable_trip()->set_route_id(v.routeId);
    position.mutable_position()->set_latitude(static_cast<float>(v.latitude));
    position.mutable_position()->set_longitude(static_cast<float>(v.longitude));
    position.mutable_position()->set_bearing(static_cast<float>(v.bearingDegrees));
    position.mutable_position()->set_speed(static_cast<float>(v.speed));
    if (!v.stopId.empty()) position.set_stop_id(v.stopId);
    position.set_current_status(static_cast<rt::VehiclePosition::VehicleStopStatus>(v.status));
    if (v.occupancyPercentage) position.set_occupancy_percentage(*v.occupancyPercentage);
    position.set_timestamp(static_cast<uint64_t>(v.time / base::kNsPerSecond));
  }
  return feed.SerializeAsString();
}

}  // namespace feeds
