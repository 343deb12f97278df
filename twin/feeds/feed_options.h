// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "twin/feeds/feed_url.h"
#include "twin/feeds/source.h"
#include "twin/feeds/transport_http.h"
#include "twin/feeds/transport_http_in.h"
#include "twin/feeds/transport_mqtt.h"

namespace feeds {

/// Options for a URL, with secrets from the environment and never from argv:
///   ALPHACITY_MQTT_USER, ALPHACITY_MQTT_PASSWORD or ALPHACITY_MQTT_PASSWORD_FILE (readable by its owner
///   only), ALPHACITY_MQTT_CA, ALPHACITY_MQTT_CERT, ALPHACITY_MQTT_KEY (file names)
///   ALPHACITY_HTTP_AUTHORIZATION (header value), ALPHACITY_HTTP_CA, ALPHACITY_HTTP_CERT, ALPHACITY_HTTP_KEY
///   ALPHACITY_HTTP_IN_AUTHORIZATION: what notifications must carry
base::Result<MqttOptions> mqttOptions(const FeedUrl& url);
base::Result<HttpOptions> httpOptions(const FeedUrl& url);
HttpInOptions httpInOptions(const FeedUrl& url);

/// Name, standard and endpoint for the feeds panel, without secrets.
Source describeSource(const FeedUrl& url);

}  // namespace feeds
