// SPDX-License-Identifier: Apache-2.0
#include "engine/base/job_pool.h"

#include <algorithm>

#include "engine/base/log.h"

namespace base {

JobPool::JobPool(unsigned threads) {
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { workerLoop(); });
}

JobPool::~JobPool() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const Job& job : waiting_) job.progress->finish();
    waiting_.clear();
    for (const auto& progress : active_) progress->cancel();
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::shared_ptr<JobProgress> JobPool::submit(std::string name, Work work) {
  auto progress = std::make_shared<JobProgress>(std::move(name));
  {
    std::lock_guard lock(mutex_);
    waiting_.push_back({progress, std::move(work)});
  }
  wake_.notify_one();
  return progress;
}

std::vector<std::shared_ptr<JobProgress>> JobPool::running() const {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<JobProgress>> all = active_;
  for (const Job& job : waiting_) all.push_back(job.progress);
  return all;
}

void JobPool::parallelFor(size_t count, const std::function<void(size_t)>& f) {
  struct Shared {
    std::atomic<size_t> next{0};
    std::atomic<size_t> done{0};
    std::mutex mutex;
    std::condition_variable allDone;
  };
  auto shared = std::make_shared<Shared>();
  const auto work = [shared, count, &f] {
    for (size_t i; (i = shared->next.fetch_add(1)) < count;) {
      f(i);
      if (shared->done.fetch_add(1) + 1 == count) {
        std::lock_guard lock(shared->mutex);
        shared->allDone.notify_all();
      }
    }
  };
  for (size_t i = 1; i < std::min(count, threads_.size() + 1); ++i)
    submit("parallel", [work](JobProgress&) { work(); });
  work();
  std::unique_lock lock(shared->mutex);
  shared->allDone.wait(lock, [&] { return shared->done.load() >= count; });
}

void JobPool::workerLoop() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      job = std::move(waiting_.front());
      waiting_.pop_front();
      active_.push_back(job.progress);
    }
    job.work(*job.progress);
    job.progress->finish();
    std::lock_guard lock(mutex_);
    std::erase(active_, job.progress);
  }
}

}  // namespace base
