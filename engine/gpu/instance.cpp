// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/instance.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "engine/base/log.h"

namespace gpu {
namespace {

constexpr const char* kLayer = "VK_LAYER_KHRONOS_validation";

VKAPI_ATTR VkBool32 VKAPI_CALL onMessage(VkDebugUtilsMessageSeverityFlagBitsEXT severity,
                                         VkDebugUtilsMessageTypeFlagsEXT type,
                                         const VkDebugUtilsMessengerCallbackDataEXT* data, void* user) {
  if (!(type & VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT)) return VK_FALSE;
  if (severity < VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT) return VK_FALSE;
  const char* id = data->pMessageIdName ? data->pMessageIdName : "?";
  static_cast<ValidationLog*>(user)->add(id, data->pMessage ? data->pMessage : id);
  return VK_FALSE;
}

VkDebugUtilsMessengerCreateInfoEXT messengerInfo(ValidationLog* log) {
  VkDebugUtilsMessengerCreateInfoEXT info{VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT};
  info.messageSeverity = VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
  info.messageType = VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT;
  info.pfnUserCallback = onMessage;
  info.pUserData = log;
  return info;
}

bool layerPresent() {
  uint32_t count = 0;
  vkEnumerateInstanceLayerProperties(&count, nullptr);
  std::vector<VkLayerProperties> layers(count);
  vkEnumerateInstanceLayerProperties(&count, layers.data());
  return std::any_of(layers.begin(), layers.end(),
                     [](const VkLayerProperties& l) { return std::strcmp(l.layerName, kLayer) == 0; });
}

bool wantsValidation(const InstanceOptions& options) {
  const char* env = std::getenv("ALPHACITY_VALIDATION");
  return options.validation || (env != nullptr && std::strcmp(env, "1") == 0);
}

}  // namespace

base::Result<Instance> Instance::create(const InstanceOptions& options) {
  Instance result;
  bool validation = wantsValidation(options);
  std::string warning;
  if (validation && !layerPresent()) {
    warning = "the Vulkan validation layers are not installed (package vulkan-validationlayers); running without";
    validation = false;
  }
  std::vector<const char*> extensions;
  for (const std::string& e : options.extensions) extensions.push_back(e.c_str());
  VkApplicationInfo app{VK_STRUCTURE_TYPE_APPLICATION_INFO};
  app.pApplicationName = "alphacity";
  app.apiVersion = VK_API_VERSION_1_3;
  VkInstanceCreateInfo info{VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO};
  info.pApplicationInfo = &app;

  VkDebugUtilsMessengerCreateInfoEXT messenger{};
  VkValidationFeaturesEXT features{VK_STRUCTURE_TYPE_VALIDATION_FEATURES_EXT};
  const VkValidationFeatureEnableEXT sync = VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT;
  if (validation) {
    result.log_ = std::make_shared<ValidationLog>();
    messenger = messengerInfo(result.log_.get());
    features.enabledValidationFeatureCount = 1;
    features.pEnabledValidationFeatures = &sync;
    features.pNext = &messenger;
    info.pNext = &features;
    info.enabledLayerCount = 1;
    info.ppEnabledLayerNames = &kLayer;
    extensions.push_back(VK_EXT_DEBUG_UTILS_EXTENSION_NAME);
  }
  info.enabledExtensionCount = static_cast<uint32_t>(extensions.size());
  info.ppEnabledExtensionNames = extensions.data();
  const VkResult made = vkCreateInstance(&info, nullptr, &result.instance_);
  if (made != VK_SUCCESS) {
    return vkError("Vulkan could not be started; install a Vulkan 1.3 driver (mesa-vulkan-drivers has a software one)", made);
  }
  if (validation) {
    const auto create = reinterpret_cast<PFN_vkCreateDebugUtilsMessengerEXT>(
        vkGetInstanceProcAddr(result.instance_, "vkCreateDebugUtilsMessengerEXT"));
    if (create != nullptr) create(result.instance_, &messenger, nullptr, &result.messenger_);
  }
  base::Result<Instance> out(std::move(result));
  if (!warning.empty()) {
    base::logWarning(warning);
    out.warnings.push_back(warning);
  }
  return out;
}

Instance::Instance(Instance&& other) noexcept
    : instance_(std::exchange(other.instance_, VK_NULL_HANDLE)),
      messenger_(std::exchange(other.messenger_, VK_NULL_HANDLE)),
      log_(std::move(other.log_)),
      abandoned_(std::move(other.abandoned_)) {}

Instance::~Instance() {
  if (instance_ == VK_NULL_HANDLE || *abandoned_) return;
  if (messenger_ != VK_NULL_HANDLE) {
    const auto destroy = reinterpret_cast<PFN_vkDestroyDebugUtilsMessengerEXT>(
        vkGetInstanceProcAddr(instance_, "vkDestroyDebugUtilsMessengerEXT"));
    destroy(instance_, messenger_, nullptr);
  }
  vkDestroyInstance(instance_, nullptr);
}

}  // namespace gpu
