// SPDX-License-Identifier: Apache-2.0
// The bytes as an archive, and as each table of an otherwise good feed (a mutated archive rarely gets past its
// checksums).
#include "tests/fuzz/fuzz_decoder.h"
#include "twin/feeds/zip_files.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fuzz::decode("gtfs/x", data, size);
  std::map<std::string, std::string> files{
      {"agency.txt", "agency_name,agency_timezone\nA,Asia/Seoul\n"},
      {"stops.txt", "stop_id,stop_name,stop_lat,stop_lon\ns1,One,35.8,128.7\n"},
      {"routes.txt", "route_id,route_short_name,route_type\nr1,1,3\n"},
      {"calendar_dates.txt", "service_id,date,exception_type\nwd,20261122,1\n"},
      {"trips.txt", "route_id,service_id,trip_id\nr1,wd,t1\n"},
      {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt1,1:00:00,1:00:00,s1,1\n"}};
  const char* names[] = {"stops.txt", "stop_times.txt", "shapes.txt", "calendar.txt", "frequencies.txt", "trips.txt"};
  if (size == 0) return 0;
  files[names[data[0] % 6]].assign(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto zip = feeds::packZip(files);
  if (zip) fuzz::decode("gtfs/x", reinterpret_cast<const uint8_t*>(zip->data()), zip->size());
  return 0;
}
