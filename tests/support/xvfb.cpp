// SPDX-License-Identifier: Apache-2.0
#include "tests/support/xvfb.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace support {

Xvfb::Xvfb(int width, int height) {
  int pipeEnds[2];
  if (pipe(pipeEnds) != 0) return;
  const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
  const std::string fd = std::to_string(pipeEnds[1]);
  pid_ = fork();
  if (pid_ == 0) {
    close(pipeEnds[0]);
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, 1);
    dup2(nothing, 2);
    // The server chooses a free number and writes it to the descriptor. Without -noreset it starts anew
    // when its last client leaves, and refuses the next one meanwhile.
    execlp("Xvfb", "Xvfb", "-displayfd", fd.c_str(), "-screen", "0", screen.c_str(), "-nolisten", "tcp", "-noreset", "+extension",
           "GLX",
           static_cast<char*>(nullptr));
    _exit(127);
  }
  close(pipeEnds[1]);
  pollfd waiting{pipeEnds[0], POLLIN, 0};
  char text[16] = {};
  std::string number;
  while (pid_ > 0 && poll(&waiting, 1, 20000) > 0) {
    const ssize_t got = read(pipeEnds[0], text, sizeof text - 1);
    if (got <= 0) break;
    number.append(text, static_cast<size_t>(got));
    if (number.find('\n') != std::string::npos) break;
  }
  close(pipeEnds[0]);
  if (number.find('\n') == std::string::npos) return;
  display_ = ":" + number.substr(0, number.find('\n'));
  const char* old = std::getenv("DISPLAY");
  hadDisplay_ = old != nullptr;
  if (hadDisplay_) before_ = old;
  setenv("DISPLAY", display_.c_str(), 1);
}

Xvfb::~Xvfb() {
  if (pid_ > 0) {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  if (display_.empty()) return;
  if (hadDisplay_) setenv("DISPLAY", before_.c_str(), 1);
  else unsetenv("DISPLAY");
}

}  // namespace support
