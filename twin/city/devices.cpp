// SPDX-License-Identifier: Apache-2.0
#include "twin/city/devices.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <set>

#include "engine/base/hash.h"
#include "twin/city/surface_index.h"

namespace city {
namespace {

constexpr float kLampRadius = 16;               // metres on the ground, of an 8 m pole
const glm::vec3 kLamp4000K(1.f, 0.64f, 0.37f);  // black body of 4,000 K in linear sRGB, r = 1

/// What a device looks like.
struct DeviceForm {
  const char* model = "";  ///< empty: nothing above the ground
  double modelHeight = 0;  ///< metres; above 0: scaled to the device's `height`
};

DeviceForm formOf(const Feature& device) {
  const std::string kind = device.text("kind");
  if (kind == "street_light")
    return device.number("height", 8) < 6 ? DeviceForm{"lamp_park", 4.5} : DeviceForm{"lamp", 8};
  if (kind == "signal")
    return device.flag("pedestrian") ? DeviceForm{"signal_ped"} : DeviceForm{"signal_mast"};
  if (kind == "cctv" || kind == "incident_detector") return {"cctv_pole"};
  if (kind == "metro_exit") return {"metro_exit"};
  static const std::set<std::string, std::less<>> kSameName{
      "lpr",          "rsu",         "speed_display", "air_station", "noise_sensor",   "weather_station",
      "flood_sensor", "waste_bin",   "ev_charger",    "media_wall",  "emergency_bell", "wifi",
      "bus_stop",     "shuttle_stop"};
  const auto found = kSameName.find(kind);
  return found != kSameName.end() ? DeviceForm{found->c_str()} : DeviceForm{};
}

/// Models look along +x, but a signal's lenses look along +y; `heading` is where they look.
double yawOf(const Feature& device, double gridHeading) {
  const double yaw = core::yawFromHeading(gridHeading);
  return device.text("kind") == "signal" ? yaw - std::numbers::pi / 2 : yaw;
}

class DevicePlacer {
 public:
  DevicePlacer(City& city, scene::Scene& scene) : city_(city), scene_(scene) {}

  void place(const Feature& device) {
    const auto found = city_.parts.find(device.id);
    if (found == city_.parts.end() || device.rings.empty()) return;
    SceneParts& parts = found->second;
    const glm::dvec3& p = device.rings[0][0];
    const double ground = city_.data.terrain.at(p.x, p.y) + city_.surfaces->liftAt(p.x, p.y);
    const double height = std::clamp(device.number("height", 3), 0.0, 40.0);
    parts.anchor = {p.x, p.y, ground + std::max(height, 1.0)};
    parts.radius = 4;
    const DeviceForm form = formOf(device);
    const double yaw =
        yawOf(device, city_.data.frame.gridFromTrue(device.number("heading") * std::numbers::pi / 180));
    if (*form.model != 0) addInstance(device, parts, form, {p.x, p.y, ground}, yaw, height);
    if (device.text("kind") == "street_light") addLight(device, parts, {p.x, p.y, ground}, yaw, height);
  }

  void reportMissing() {
    for (const std::string& name : missing_)
      city_.data.warnings.push_back(
          fmt::format("devices: the model library has no '{}'; such devices are not drawn", name));
  }

 private:
  void addInstance(const Feature& device, SceneParts& parts, const DeviceForm& form, glm::dvec3 foot,
                   double yaw, double height) {
    const scene::ModelId model = scene_.instances.findModel(form.model);
    if (!model) {
      missing_.insert(form.model);
      return;
    }
    const auto seed = static_cast<uint32_t>(base::hashBytes(device.id));
    const auto tall =
        form.modelHeight > 0 && height > 1 ? static_cast<float>(height / form.modelHeight) : 1.f;
    const scene::InstanceId id = scene_.instances.add(
        model, scene::standing(glm::vec3(foot), static_cast<float>(yaw), 1, tall, 0x00ffffffu, seed));
    parts.instances.push_back(id);
    parts.anchor.z =
        foot.z + std::max(height, static_cast<double>(scene_.instances.model(model)->height) * tall);
    city_.instanceOwner[id.slot] = device.id;
  }

  void addLight(const Feature& device, SceneParts& parts, glm::dvec3 foot, double yaw, double height) {
    const double up = height > 1 ? height : 8;
    const double arm = up < 6 ? 0 : 1.48;  // of the model; the light sits in its head
    scene::Light light{};
    light.position = glm::vec3(foot + glm::dvec3(std::cos(yaw) * arm, std::sin(yaw) * arm, up - 0.1));
    light.radius = kLampRadius * static_cast<float>(std::clamp(up / 8, 0.6, 1.5));
    light.color = kLamp4000K * static_cast<float>(std::clamp(device.number("watt", 100) / 100, 0.4, 1.8));
    light.intensity = 0;
    parts.light = scene_.lights.add(light);
  }

  City& city_;
  scene::Scene& scene_;
  std::set<std::string> missing_;
};

}  // namespace

void placeDevices(City& city, scene::Scene& scene) {
  DevicePlacer placer(city, scene);
  for (const Feature& device : city.data.devices) placer.place(device);
  for (const Feature& stop : city.data.stops) placer.place(stop);
  placer.reportMissing();
}

}  // namespace city
