// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "twin/model/freshness.h"
#include "twin/panels/context.h"

namespace panels {

/// What a citizen would call the thing: its name, else its kind with its number.
std::string titleOf(const Context& ui, const model::Entity& entity);
std::string kindOf(const Context& ui, const model::Entity& entity);
/// Of the whole thing; nothing for what never reports.
std::optional<model::Freshness> freshnessOf(const Context& ui, const model::Entity& entity);
/// Of one value.
model::Freshness freshnessOf(const Context& ui, const model::Entity& entity, const model::PropertyRow& row);
std::string valueOf(const Context& ui, const model::PropertyRow& row);
/// The value that labels show ("31 µg/m³"), its name before it; empty when there is none.
std::string mainValueOf(const Context& ui, const model::Entity& entity);
/// A fixed fact of the pack: label by catalogue, then by the words, then by its own name.
std::string attributeLabel(const Context& ui, const std::string& name);
std::string attributeValue(const Context& ui, const std::string& name, const model::Value& value);

}  // namespace panels
