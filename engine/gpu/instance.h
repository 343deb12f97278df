// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/gpu/validation_log.h"
#include "engine/gpu/vk.h"

namespace gpu {

struct InstanceOptions {
  bool validation = false;              ///< also switched on by ALPHACITY_VALIDATION=1
  std::vector<std::string> extensions;  ///< what the window system asks for
};

/// The Vulkan 1.3 instance. With validation, the layers report to validation(), synchronization included.
class Instance {
 public:
  /// Fails when there is no loader or driver, or an extension is missing. Absent layers are a warning.
  static base::Result<Instance> create(const InstanceOptions& options);
  Instance(Instance&& other) noexcept;
  Instance& operator=(Instance&&) = delete;
  ~Instance();

  VkInstance handle() const { return instance_; }
  /// Outlives the instance, since leaks are reported while it is destroyed. Null without validation.
  const std::shared_ptr<ValidationLog>& validation() const { return log_; }
  /// Set by a device that was lost: then nothing is destroyed any more, the instance neither.
  const std::shared_ptr<bool>& abandoned() const { return abandoned_; }
  bool debugUtils() const { return messenger_ != VK_NULL_HANDLE; }

 private:
  Instance() = default;

  VkInstance instance_ = VK_NULL_HANDLE;
  VkDebugUtilsMessengerEXT messenger_ = VK_NULL_HANDLE;
  std::shared_ptr<ValidationLog> log_;
  std::shared_ptr<bool> abandoned_ = std::make_shared<bool>(false);
};

}  // namespace gpu
