// SPDX-License-Identifier: Apache-2.0
//
// kill -9 at random moments: what was answered for is there afterwards.
#include <csignal>
#include <cstdlib>
#include <set>
#include <sys/wait.h>

#include "engine/base/hash.h"
#include "tests/twin/alarms/desk_fixture.h"
#include "twin/alarms/audit_log.h"

namespace {

using namespace testing_alarms;

/// Raises alarms and acknowledges each; tells the pipe which acknowledgements were answered.
[[noreturn]] void operate(const std::shared_ptr<const alarms::RuleSet>& set, const std::filesystem::path& folder, int round, int pipe) {
  Desk desk(set, {}, folder);
  for (int i = 0;; ++i) {
    const std::string bin = "b" + std::to_string(round) + "_" + std::to_string(i);
    desk.value(10.0 * round + i * 0.001, bin, "waste_bin", "temperature", 70.0);
    desk.at(10.0 * round + i * 0.001);
    if (!desk.ask(alarms::DeskAction::Acknowledge, {"hot:" + bin}).done) ::_exit(3);
    const std::string line = bin + "\n";
    if (::write(pipe, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(4);
  }
}

TEST(Kill, LosesNoAcknowledgement) {
  const char* wanted = std::getenv("ALPHACITY_KILLS");
  const int rounds = wanted ? std::atoi(wanted) : 20;
  ASSERT_GT(rounds, 0);
  Folder folder;
  const auto set = rules(rule("hot", "kind = \"threshold\"\nwatch = [\"waste_bin\"]\nproperty = \"temperature\"\nabove = 60\nlatched = true"));
  base::Random random(5);
  std::set<std::string> answered;
  for (int round = 0; round < rounds; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      operate(set, folder.path(), round, ends[1]);
    }
    ::close(ends[1]);
    std::string heard;
    char buffer[4096];
    // At least one answer, so that every kill can lose something; then any moment.
    for (ssize_t n = 0; heard.find('\n') == std::string::npos && (n = ::read(ends[0], buffer, sizeof buffer)) > 0;) heard.append(buffer, static_cast<size_t>(n));
    ::usleep(static_cast<useconds_t>(random.uniform(0, 12000)));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;) heard.append(buffer, static_cast<size_t>(n));
    ::close(ends[0]);
    for (size_t from = 0, end = 0; (end = heard.find('\n', from)) != std::string::npos; from = end + 1) answered.insert(heard.substr(from, end - from));
    Desk desk(set, {}, folder.path());
    const auto view = desk.engine->view();
    ASSERT_TRUE(view->stored) << view->storeProblem;
    std::set<std::string> acked;
    for (const alarms::AlarmRow& row : view->rows)
      if (row.state == alarms::AlarmState::AckActive && row.alarm.ackedBy == "kim") acked.insert(row.alarm.subject);
    for (const std::string& bin : answered) ASSERT_TRUE(acked.contains(bin)) << bin << " lost in round " << round;
  }
  EXPECT_GE(answered.size(), static_cast<size_t>(rounds));
  const auto checked = alarms::verifyAudit(folder.path() / alarms::kAuditFile);
  ASSERT_TRUE(checked) << checked.error();
  std::printf("[ kill -9  ] %d times, %zu acknowledgements answered, 0 lost, %llu entries in the chain\n", rounds, answered.size(),
              static_cast<unsigned long long>(checked->entries));
}

}  // namespace
