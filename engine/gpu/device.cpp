// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/device.h"

#include <cstdlib>

#include "engine/base/log.h"
#include "engine/gpu/device_pick.h"
#include "engine/gpu/features.h"
#include "engine/gpu/pipeline_cache.h"

namespace gpu {
namespace {

constexpr uint64_t kWatchdogNs = 30'000'000'000ULL;
constexpr uint64_t kSoftwareWatchdogNs = 180'000'000'000ULL;  // starved by other programs, it is slow and not hung

std::vector<VkPhysicalDevice> physicalDevices(VkInstance instance) {
  uint32_t count = 0;
  vkEnumeratePhysicalDevices(instance, &count, nullptr);
  std::vector<VkPhysicalDevice> devices(count);
  vkEnumeratePhysicalDevices(instance, &count, devices.data());
  devices.resize(count);
  return devices;
}

std::string noDeviceText(const std::vector<std::string>& refused) {
  std::string text = "no usable Vulkan device";
  if (refused.empty()) return text + ": no driver reports one (install a Vulkan 1.3 driver, e.g. mesa-vulkan-drivers)";
  for (size_t i = 0; i < refused.size(); ++i) text += (i == 0 ? ": " : "; ") + refused[i];
  return text;
}

}  // namespace

base::Result<std::unique_ptr<Device>> Device::create(const Instance& instance, const DeviceOptions& options) {
  const std::vector<VkPhysicalDevice> devices = physicalDevices(instance.handle());
  const std::vector<DeviceFacts> facts = describeDevices(devices, options.surface);
  std::string wanted = options.wanted;
  if (const char* env = std::getenv("ALPHACITY_GPU"); wanted.empty() && env != nullptr) wanted = env;
  const DeviceChoice choice = pickDevice(facts, wanted);
  if (choice.index < 0) return base::Error{noDeviceText(choice.refused)};
  const auto index = static_cast<size_t>(choice.index);
  std::unique_ptr<Device> device(new Device());
  device->physical_ = devices[index];
  if (base::Status s = device->open(instance, options, facts[index].graphicsQueue); !s) return base::Error{s.error()};
  if (base::Status s = device->makeParts(); !s) return base::Error{s.error()};
  base::Result<std::unique_ptr<Device>> result(std::move(device));
  result.warnings = choice.refused;
  return result;
}

base::Status Device::open(const Instance& instance, const DeviceOptions& options, int queueFamily) {
  instance_ = instance.handle();
  instanceAbandoned_ = instance.abandoned();
  queueFamily_ = static_cast<uint32_t>(queueFamily);
  VkPhysicalDeviceProperties properties;
  vkGetPhysicalDeviceProperties(physical_, &properties);
  properties_ = {properties.deviceName, properties.deviceType, properties.limits};
  Features features;
  Features::enable(physical_, features);
  anisotropy_ = features.core.features.samplerAnisotropy == VK_TRUE;
  depthClamp_ = features.core.features.depthClamp == VK_TRUE;
  addresses_ = features.v12.bufferDeviceAddress == VK_TRUE;

  const float priority = 1.f;
  VkDeviceQueueCreateInfo queue{VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO};
  queue.queueFamilyIndex = queueFamily_;
  queue.queueCount = 1;
  queue.pQueuePriorities = &priority;
  const char* swapchain = VK_KHR_SWAPCHAIN_EXTENSION_NAME;
  VkDeviceCreateInfo info{VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO};
  info.pNext = &features.core;
  info.queueCreateInfoCount = 1;
  info.pQueueCreateInfos = &queue;
  info.enabledExtensionCount = options.surface != VK_NULL_HANDLE ? 1 : 0;
  info.ppEnabledExtensionNames = &swapchain;
  const VkResult made = vkCreateDevice(physical_, &info, nullptr, &device_);
  if (made != VK_SUCCESS) return vkError("the device " + properties_.deviceName + " could not be opened", made);
  vkGetDeviceQueue(device_, queueFamily_, 0, &queue_);
  if (instance.debugUtils()) loadDebugFunctions();
  return base::okStatus();
}

base::Status Device::makeParts() {
  base::Result<Allocator> allocator = Allocator::create(instance_, physical_, device_, addresses_);
  if (!allocator) return base::Error{allocator.error()};
  memory_ = std::move(*allocator);
  VkSemaphoreTypeCreateInfo type{VK_STRUCTURE_TYPE_SEMAPHORE_TYPE_CREATE_INFO};
  type.semaphoreType = VK_SEMAPHORE_TYPE_TIMELINE;
  VkSemaphoreCreateInfo semaphore{VK_STRUCTURE_TYPE_SEMAPHORE_CREATE_INFO};
  semaphore.pNext = &type;
  VkResult made = vkCreateSemaphore(device_, &semaphore, nullptr, &timeline_);
  if (made != VK_SUCCESS) return vkError("the device timeline could not be made", made);
  VkCommandPoolCreateInfo pool{VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO};
  pool.flags = VK_COMMAND_POOL_CREATE_TRANSIENT_BIT;
  pool.queueFamilyIndex = queueFamily_;
  made = vkCreateCommandPool(device_, &pool, nullptr, &immediatePool_);
  if (made != VK_SUCCESS) return vkError("a command pool could not be made", made);
  pipelineCache_ = loadPipelineCache(physical_, device_);
  return base::okStatus();
}

void Device::loadDebugFunctions() {
  setObjectName_ = reinterpret_cast<PFN_vkSetDebugUtilsObjectNameEXT>(
      vkGetInstanceProcAddr(instance_, "vkSetDebugUtilsObjectNameEXT"));
  beginLabel_ = reinterpret_cast<PFN_vkCmdBeginDebugUtilsLabelEXT>(
      vkGetInstanceProcAddr(instance_, "vkCmdBeginDebugUtilsLabelEXT"));
  endLabel_ = reinterpret_cast<PFN_vkCmdEndDebugUtilsLabelEXT>(
      vkGetInstanceProcAddr(instance_, "vkCmdEndDebugUtilsLabelEXT"));
}

Device::~Device() {
  if (device_ == VK_NULL_HANDLE) return;
  if (lost_) {  // destroying objects of a lost device hangs or crashes in some drivers
    memory_.abandon();
    return;
  }
  waitIdle();
  if (lost_) {
    memory_.abandon();
    return;
  }
  collect(true);
  savePipelineCache(physical_, device_, pipelineCache_);
  vkDestroyPipelineCache(device_, pipelineCache_, nullptr);
  vkDestroyCommandPool(device_, immediatePool_, nullptr);
  vkDestroySemaphore(device_, timeline_, nullptr);
  memory_ = Allocator();
  vkDestroyDevice(device_, nullptr);
}

VkResult Device::note(VkResult result) {
  if (result == VK_ERROR_DEVICE_LOST && !lost_) {
    lost_ = true;
    *instanceAbandoned_ = true;
    base::logError("the graphics device " + properties_.deviceName + " was lost; the program must be started anew");
  }
  return result;
}

base::Result<uint64_t> Device::submit(VkCommandBuffer commands, const SubmitSync& sync) {
  if (lost_) return base::Error{"the graphics device is lost"};
  VkCommandBufferSubmitInfo buffer{VK_STRUCTURE_TYPE_COMMAND_BUFFER_SUBMIT_INFO};
  buffer.commandBuffer = commands;
  VkSemaphoreSubmitInfo wait{VK_STRUCTURE_TYPE_SEMAPHORE_SUBMIT_INFO};
  wait.semaphore = sync.wait;
  wait.stageMask = VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT;
  VkSemaphoreSubmitInfo signals[2]{};
  for (VkSemaphoreSubmitInfo& s : signals) {
    s.sType = VK_STRUCTURE_TYPE_SEMAPHORE_SUBMIT_INFO;
    s.stageMask = VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT;
  }
  signals[0].semaphore = timeline_;
  signals[0].value = submitted_ + 1;
  signals[1].semaphore = sync.signal;
  VkSubmitInfo2 info{VK_STRUCTURE_TYPE_SUBMIT_INFO_2};
  info.waitSemaphoreInfoCount = sync.wait != VK_NULL_HANDLE ? 1 : 0;
  info.pWaitSemaphoreInfos = &wait;
  info.commandBufferInfoCount = 1;
  info.pCommandBufferInfos = &buffer;
  info.signalSemaphoreInfoCount = sync.signal != VK_NULL_HANDLE ? 2 : 1;
  info.pSignalSemaphoreInfos = signals;
  const VkResult done = note(vkQueueSubmit2(queue_, 1, &info, VK_NULL_HANDLE));
  if (done != VK_SUCCESS) return vkError("work could not be handed to the device", done);
  return ++submitted_;
}

uint64_t Device::completed() const {
  uint64_t value = 0;
  vkGetSemaphoreCounterValue(device_, timeline_, &value);
  return value;
}

base::Status Device::wait(uint64_t value) {
  if (lost_) return base::Error{"the graphics device is lost"};
  VkSemaphoreWaitInfo info{VK_STRUCTURE_TYPE_SEMAPHORE_WAIT_INFO};
  info.semaphoreCount = 1;
  info.pSemaphores = &timeline_;
  info.pValues = &value;
  VkResult done = vkWaitSemaphores(device_, &info, type() == VK_PHYSICAL_DEVICE_TYPE_CPU ? kSoftwareWatchdogNs : kWatchdogNs);
  if (done == VK_TIMEOUT) done = VK_ERROR_DEVICE_LOST;
  if (note(done) != VK_SUCCESS) return vkError("waiting for the device failed", done);
  return base::okStatus();
}

void Device::waitIdle() {
  if (!lost_) note(vkDeviceWaitIdle(device_));
}

base::Status Device::immediate(const std::function<void(VkCommandBuffer)>& record) {
  if (lost_) return base::Error{"the graphics device is lost"};
  VkCommandBufferAllocateInfo allocate{VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO};
  allocate.commandPool = immediatePool_;
  allocate.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY;
  allocate.commandBufferCount = 1;
  VkCommandBuffer commands = VK_NULL_HANDLE;
  VkResult made = vkAllocateCommandBuffers(device_, &allocate, &commands);
  if (made != VK_SUCCESS) return vkError("a command buffer could not be made", made);
  VkCommandBufferBeginInfo begin{VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO};
  begin.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
  vkBeginCommandBuffer(commands, &begin);
  record(commands);
  made = vkEndCommandBuffer(commands);
  if (made != VK_SUCCESS) return vkError("commands could not be recorded", made);
  const base::Result<uint64_t> value = submit(commands);
  if (!value) return base::Error{value.error()};
  if (base::Status s = wait(*value); !s) return s;
  vkFreeCommandBuffers(device_, immediatePool_, 1, &commands);
  return base::okStatus();
}

void Device::retireRaw(VkObjectType type, uint64_t handle, VmaAllocation_T* allocation) {
  // What is being recorded now will be the next submission.
  if (!lost_) retired_.push_back({submitted_ + 1, type, handle, allocation});
}

void Device::collect(bool all) {
  if (lost_) return;
  const uint64_t done = all ? UINT64_MAX : completed();
  while (!retired_.empty() && retired_.front().value <= done) {
    destroyNow(retired_.front());
    retired_.pop_front();
  }
}

void Device::destroyNow(const Retired& r) {
  switch (r.type) {
    case VK_OBJECT_TYPE_BUFFER: vkDestroyBuffer(device_, reinterpret_cast<VkBuffer>(r.handle), nullptr); break;
    case VK_OBJECT_TYPE_IMAGE: vkDestroyImage(device_, reinterpret_cast<VkImage>(r.handle), nullptr); break;
    case VK_OBJECT_TYPE_IMAGE_VIEW: vkDestroyImageView(device_, reinterpret_cast<VkImageView>(r.handle), nullptr); break;
    case VK_OBJECT_TYPE_FRAMEBUFFER: vkDestroyFramebuffer(device_, reinterpret_cast<VkFramebuffer>(r.handle), nullptr); break;
    case VK_OBJECT_TYPE_RENDER_PASS: vkDestroyRenderPass(device_, reinterpret_cast<VkRenderPass>(r.handle), nullptr); break;
    case VK_OBJECT_TYPE_SAMPLER: vkDestroySampler(device_, reinterpret_cast<VkSampler>(r.handle), nullptr); break;
    case VK_OBJECT_TYPE_PIPELINE: vkDestroyPipeline(device_, reinterpret_cast<VkPipeline>(r.handle), nullptr); break;
    case VK_OBJECT_TYPE_PIPELINE_LAYOUT:
      vkDestroyPipelineLayout(device_, reinterpret_cast<VkPipelineLayout>(r.handle), nullptr);
      break;
    case VK_OBJECT_TYPE_DESCRIPTOR_SET_LAYOUT:
      vkDestroyDescriptorSetLayout(device_, reinterpret_cast<VkDescriptorSetLayout>(r.handle), nullptr);
      break;
    case VK_OBJECT_TYPE_DESCRIPTOR_POOL:
      vkDestroyDescriptorPool(device_, reinterpret_cast<VkDescriptorPool>(r.handle), nullptr);
      break;
    case VK_OBJECT_TYPE_SHADER_MODULE:
      vkDestroyShaderModule(device_, reinterpret_cast<VkShaderModule>(r.handle), nullptr);
      break;
    case VK_OBJECT_TYPE_QUERY_POOL: vkDestroyQueryPool(device_, reinterpret_cast<VkQueryPool>(r.handle), nullptr); break;
    case VK_OBJECT_TYPE_COMMAND_POOL:
      vkDestroyCommandPool(device_, reinterpret_cast<VkCommandPool>(r.handle), nullptr);
      break;
    case VK_OBJECT_TYPE_SEMAPHORE: vkDestroySemaphore(device_, reinterpret_cast<VkSemaphore>(r.handle), nullptr); break;
    default: ENSURE(!"an object type that nobody destroys");
  }
  memory_.free(r.allocation);
}

void Device::setNameRaw(VkObjectType type, uint64_t handle, const char* name) {
  if (setObjectName_ == nullptr) return;
  VkDebugUtilsObjectNameInfoEXT info{VK_STRUCTURE_TYPE_DEBUG_UTILS_OBJECT_NAME_INFO_EXT};
  info.objectType = type;
  info.objectHandle = handle;
  info.pObjectName = name;
  setObjectName_(device_, &info);
}

void Device::beginLabel(VkCommandBuffer commands, const char* name) const {
  if (beginLabel_ == nullptr) return;
  VkDebugUtilsLabelEXT label{VK_STRUCTURE_TYPE_DEBUG_UTILS_LABEL_EXT};
  label.pLabelName = name;
  beginLabel_(commands, &label);
}

void Device::endLabel(VkCommandBuffer commands) const {
  if (endLabel_ != nullptr) endLabel_(commands);
}

}  // namespace gpu
