// SPDX-License-Identifier: Apache-2.0
#include <mosquitto.h>

#include "tools/bench_outlet.h"

namespace bench {
namespace {

struct Destroy {
  void operator()(::mosquitto* client) const { mosquitto_destroy(client); }
};
using Client = std::unique_ptr<::mosquitto, Destroy>;

class BrokerOutlet final : public Outlet {
 public:
  explicit BrokerOutlet(int port) : port_(port), messages_(makeClient()), events_(makeClient()) {
    mosquitto_publish_callback_set(events_.get(), [](::mosquitto*, void* self, int) { ++static_cast<BrokerOutlet*>(self)->acknowledged_; });
  }
  ~BrokerOutlet() override {
    for (const Client* client : {&messages_, &events_}) mosquitto_disconnect(client->get());
  }
  std::string connect() override {
    for (const Client* client : {&messages_, &events_})
      if (mosquitto_connect(client->get(), "127.0.0.1", port_, 60) != MOSQ_ERR_SUCCESS)
        return "no broker on 127.0.0.1:" + std::to_string(port_) + "; start one with: mosquitto -p " + std::to_string(port_);
    return {};
  }
  void message(const std::string& topic, const std::string& bytes) override { send(messages_, topic, bytes, 0); }
  void event(const std::string& topic, const std::string& bytes) override { send(events_, topic, bytes, 1); }
  bool congested() const override { return mosquitto_want_write(messages_.get()); }
  bool emptied() const override { return !congested(); }
  long acknowledged() const override { return acknowledged_; }
  void serve(int milliseconds) override {
    mosquitto_loop(messages_.get(), milliseconds, 1);
    mosquitto_loop(events_.get(), 0, 1);
  }

 private:
  Client makeClient() {
    mosquitto_lib_init();
    Client client(mosquitto_new(nullptr, true, this));
    mosquitto_int_option(client.get(), MOSQ_OPT_TCP_NODELAY, 1);
    return client;
  }
  static void send(const Client& client, const std::string& topic, const std::string& bytes, int qos) {
    while (mosquitto_publish(client.get(), nullptr, topic.c_str(), static_cast<int>(bytes.size()), bytes.data(), qos, false) != MOSQ_ERR_SUCCESS)
      mosquitto_loop(client.get(), 1, 1);
  }

  const int port_;
  Client messages_, events_;
  long acknowledged_ = 0;
};

}  // namespace

std::unique_ptr<Outlet> toBroker(int port) {
  return std::make_unique<BrokerOutlet>(port);
}

}  // namespace bench
