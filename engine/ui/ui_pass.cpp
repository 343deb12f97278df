// SPDX-License-Identifier: Apache-2.0
#include "engine/ui/ui_pass.h"

#include <imgui.h>
#include <imgui_impl_vulkan.h>

#include "engine/base/log.h"
#include "engine/gpu/frame_ring.h"

namespace ui {

base::Result<std::unique_ptr<UiPass>> UiPass::create(gpu::Device& device, const gpu::Instance& instance, VkFormat targetFormat) {
  auto pass = std::unique_ptr<UiPass>(new UiPass(device));
  if (auto made = pass->makeRenderPass(targetFormat); !made) return base::Error{made.error()};
  if (auto made = pass->makeDescriptorPool(); !made) return base::Error{made.error()};
  ImGui_ImplVulkan_InitInfo info{};
  info.Instance = instance.handle();
  info.PhysicalDevice = device.physical();
  info.Device = device.handle();
  info.QueueFamily = device.queueFamily();
  info.Queue = device.queue();
  info.PipelineCache = device.pipelineCache();
  info.DescriptorPool = pass->descriptorPool_;
  info.MinImageCount = 2;
  info.ImageCount = gpu::kFramesInFlight + 1;
  info.MSAASamples = VK_SAMPLE_COUNT_1_BIT;
  info.CheckVkResultFn = [](VkResult result) {
    if (result < 0) base::logError(std::string("the panels could not be drawn: ") + gpu::toString(result));
  };
  if (!ImGui_ImplVulkan_Init(&info, pass->renderPass_)) return base::Error{"Dear ImGui could not use the Vulkan device"};
  pass->started_ = true;
  if (auto fonts = pass->rebuildFonts(); !fonts) return base::Error{fonts.error()};
  return pass;
}

UiPass::~UiPass() {
  if (device_.lost()) return;
  device_.waitIdle();
  if (started_) ImGui_ImplVulkan_Shutdown();
  if (descriptorPool_) vkDestroyDescriptorPool(device_.handle(), descriptorPool_, nullptr);
  if (renderPass_) vkDestroyRenderPass(device_.handle(), renderPass_, nullptr);
}

base::Status UiPass::makeRenderPass(VkFormat format) {
  const VkAttachmentDescription attachment{.format = format,
                                           .samples = VK_SAMPLE_COUNT_1_BIT,
                                           .loadOp = VK_ATTACHMENT_LOAD_OP_LOAD,
                                           .storeOp = VK_ATTACHMENT_STORE_OP_STORE,
                                           .stencilLoadOp = VK_ATTACHMENT_LOAD_OP_DONT_CARE,
                                           .stencilStoreOp = VK_ATTACHMENT_STORE_OP_DONT_CARE,
                                           .initialLayout = VK_IMAGE_LAYOUT_GENERAL,
                                           .finalLayout = VK_IMAGE_LAYOUT_GENERAL};
  const VkAttachmentReference reference{.attachment = 0, .layout = VK_IMAGE_LAYOUT_GENERAL};
  const VkSubpassDescription subpass{.pipelineBindPoint = VK_PIPELINE_BIND_POINT_GRAPHICS,
                                     .colorAttachmentCount = 1,
                                     .pColorAttachments = &reference};
  // Whatever wrote the picture before (a draw, a copy, a compute pass) is waited for, and so is the
  // drawing of the panels by whatever reads the picture after.
  const VkAccessFlags color = VK_ACCESS_COLOR_ATTACHMENT_READ_BIT | VK_ACCESS_COLOR_ATTACHMENT_WRITE_BIT;
  const VkSubpassDependency dependencies[] = {
      {.srcSubpass = VK_SUBPASS_EXTERNAL, .dstSubpass = 0,
       .srcStageMask = VK_PIPELINE_STAGE_ALL_COMMANDS_BIT, .dstStageMask = VK_PIPELINE_STAGE_COLOR_ATTACHMENT_OUTPUT_BIT,
       .srcAccessMask = VK_ACCESS_MEMORY_WRITE_BIT, .dstAccessMask = color},
      {.srcSubpass = 0, .dstSubpass = VK_SUBPASS_EXTERNAL,
       .srcStageMask = VK_PIPELINE_STAGE_COLOR_ATTACHMENT_OUTPUT_BIT, .dstStageMask = VK_PIPELINE_STAGE_ALL_COMMANDS_BIT,
       .srcAccessMask = color, .dstAccessMask = VK_ACCESS_MEMORY_READ_BIT | VK_ACCESS_MEMORY_WRITE_BIT}};
  const VkRenderPassCreateInfo info{.sType = VK_STRUCTURE_TYPE_RENDER_PASS_CREATE_INFO,
                                    .attachmentCount = 1,
                                    .pAttachments = &attachment,
                                    .subpassCount = 1,
                                    .pSubpasses = &subpass,
                                    .dependencyCount = 2,
                                    .pDependencies = dependencies};
  const VkResult result = vkCreateRenderPass(device_.handle(), &info, nullptr, &renderPass_);
  if (result != VK_SUCCESS) return gpu::vkError("creating the render pass of the panels", result);
  return base::okStatus();
}

base::Status UiPass::makeDescriptorPool() {
  const VkDescriptorPoolSize size{VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, 8};
  const VkDescriptorPoolCreateInfo info{.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO,
                                        .flags = VK_DESCRIPTOR_POOL_CREATE_FREE_DESCRIPTOR_SET_BIT,
                                        .maxSets = 8,
                                        .poolSizeCount = 1,
                                        .pPoolSizes = &size};
  const VkResult result = vkCreateDescriptorPool(device_.handle(), &info, nullptr, &descriptorPool_);
  if (result != VK_SUCCESS) return gpu::vkError("creating the descriptor pool of the panels", result);
  return base::okStatus();
}

void UiPass::newFrame() { ImGui_ImplVulkan_NewFrame(); }

base::Status UiPass::rebuildFonts() {
  device_.waitIdle();
  auto uploaded = device_.immediate([](VkCommandBuffer commands) { ImGui_ImplVulkan_CreateFontsTexture(commands); });
  ImGui_ImplVulkan_DestroyFontUploadObjects();
  ImGui::GetIO().Fonts->ClearTexData();  // on the device now; the copy is tens of megabytes
  return uploaded;
}

void UiPass::record(VkCommandBuffer commands, const gpu::Target& target) {
  ImDrawData* lists = ImGui::GetDrawData();
  if (lists == nullptr || lists->TotalVtxCount == 0) return;
  // Made anew each frame: an image view of a swapchain may be replaced by another at the same handle.
  const VkFramebufferCreateInfo info{.sType = VK_STRUCTURE_TYPE_FRAMEBUFFER_CREATE_INFO,
                                     .renderPass = renderPass_,
                                     .attachmentCount = 1,
                                     .pAttachments = &target.view,
                                     .width = target.extent.width,
                                     .height = target.extent.height,
                                     .layers = 1};
  VkFramebuffer framebuffer = VK_NULL_HANDLE;
  const VkResult result = device_.note(vkCreateFramebuffer(device_.handle(), &info, nullptr, &framebuffer));
  if (result != VK_SUCCESS) return;
  const VkRenderPassBeginInfo begin{.sType = VK_STRUCTURE_TYPE_RENDER_PASS_BEGIN_INFO,
                                    .renderPass = renderPass_,
                                    .framebuffer = framebuffer,
                                    .renderArea = {{0, 0}, target.extent}};
  vkCmdBeginRenderPass(commands, &begin, VK_SUBPASS_CONTENTS_INLINE);
  ImGui_ImplVulkan_RenderDrawData(lists, commands);
  vkCmdEndRenderPass(commands);
  device_.retire(VK_OBJECT_TYPE_FRAMEBUFFER, framebuffer);
}

}  // namespace ui
