// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/mqtt_client.h"

namespace feeds::mqtt {
namespace {

void initLibraryOnce() {
  static const int ready = mosquitto_lib_init();
  (void)ready;
}

const char* orNull(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

int setTls(::mosquitto* client, const MqttOptions& options) {
  if (options.caFile.empty() && options.certFile.empty())
    return mosquitto_int_option(client, MOSQ_OPT_TLS_USE_OS_CERTS, 1);
  return mosquitto_tls_set(client, orNull(options.caFile),
                           options.caFile.empty() ? "/etc/ssl/certs" : nullptr, orNull(options.certFile),
                           orNull(options.keyFile), nullptr);
}

}  // namespace

base::Result<Client> makeClient(const MqttOptions& options, void* user) {
  initLibraryOnce();
  // Without a name there is nothing to come back to; with one the broker keeps events while we are away.
  Client client(mosquitto_new(orNull(options.clientId), options.clientId.empty(), user));
  if (!client) return base::Error{"MQTT: no client could be made (out of memory, or a bad client id)"};
  mosquitto_int_option(client.get(), MOSQ_OPT_PROTOCOL_VERSION,
                       options.version5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311);
  mosquitto_int_option(client.get(), MOSQ_OPT_TCP_NODELAY, 1);
  if (!options.user.empty() && mosquitto_username_pw_set(client.get(), options.user.c_str(),
                                                         orNull(options.password)) != MOSQ_ERR_SUCCESS) {
    return base::Error{"MQTT: user or password is not valid UTF-8"};
  }
  if (options.tls) {
    if (const int rc = setTls(client.get(), options); rc != MOSQ_ERR_SUCCESS) {
      return base::Error{std::string("MQTT: TLS files cannot be used: ") + mosquitto_strerror(rc)};
    }
  }
  return client;
}

}  // namespace feeds::mqtt
