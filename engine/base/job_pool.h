// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace base {

/// What a long piece of work shares with its watcher: a name, progress in [0, 1] and a wish to stop.
class JobProgress {
 public:
  explicit JobProgress(std::string name) : name_(std::move(name)) {}
  const std::string& name() const { return name_; }
  void set(double fraction) { fraction_.store(fraction, std::memory_order_relaxed); }
  double fraction() const { return fraction_.load(std::memory_order_relaxed); }
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }
  bool finished() const { return finished_.load(std::memory_order_acquire); }
  void finish() { finished_.store(true, std::memory_order_release); }

 private:
  std::string name_;
  std::atomic<double> fraction_{0};
  std::atomic<bool> cancelled_{false};
  std::atomic<bool> finished_{false};
};

/// A few worker threads for work that no frame may wait for. The destructor cancels and joins.
class JobPool {
 public:
  using Work = std::function<void(JobProgress&)>;

  explicit JobPool(unsigned threads = 0);
  ~JobPool();
  JobPool(const JobPool&) = delete;
  JobPool& operator=(const JobPool&) = delete;

  std::shared_ptr<JobProgress> submit(std::string name, Work work);
  /// The jobs that wait or run, for a progress display.
  std::vector<std::shared_ptr<JobProgress>> running() const;
  /// Runs f(i) for i in [0, count) on the workers and the caller; returns when all are done.
  void parallelFor(size_t count, const std::function<void(size_t)>& f);

 private:
  void workerLoop();

  struct Job {
    std::shared_ptr<JobProgress> progress;
    Work work;
  };
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> waiting_;
  std::vector<std::shared_ptr<JobProgress>> active_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace base
