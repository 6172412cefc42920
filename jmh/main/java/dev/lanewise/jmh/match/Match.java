// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.report.Medians;
import dev.lanewise.jmh.report.Results;
import dev.lanewise.jmh.report.Row;
import dev.lanewise.jmh.report.Score;
import dev.lanewise.jmh.report.Slice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Measures contenders against each other. Each has a process of its own, because their OpenMP
 * runtimes clash, and within a task they take turns, one slice each, so that whatever slows the
 * machine for a second slows all of them. Everything is repeated with new processes, because a JVM
 * may compile the same code better or worse.
 *
 * @param fresh whether every task has processes of its own, which have run nothing before
 * @param starts how often new processes are started
 * @param rounds slices of each contender at each task in each process
 * @param jvmArguments of every process
 * @param log where the processes' standard error goes
 */
record Match(
    List<String> contenders,
    List<Task> tasks,
    int threads,
    boolean fresh,
    int starts,
    int rounds,
    List<String> jvmArguments,
    Path log) {

  /** The slices of one task: by contender, then by process. */
  private static final class Slices {
    final SequencedMap<String, List<List<Slice>>> byContender = new LinkedHashMap<>();

    void add(String contender, List<Slice> slices) {
      byContender.computeIfAbsent(contender, name -> new ArrayList<>()).add(slices);
    }
  }

  /**
   * Runs it.
   *
   * @param progress is told of every finished task
   * @param failures is told of every process that ended by itself; the others go on
   */
  Results run(Consumer<String> progress, Consumer<String> failures) throws IOException {
    SequencedMap<Task, Slices> all = new LinkedHashMap<>();
    tasks.forEach(task -> all.put(task, new Slices()));
    List<Double> bandwidths = new ArrayList<>();
    for (int start = 1; start <= starts; start++) {
      for (List<Task> together : fresh ? tasks.stream().map(List::of).toList() : List.of(tasks)) {
        SequencedMap<String, WorkerProcess> workers = new LinkedHashMap<>();
        try {
          start(workers, bandwidths, failures);
          for (Task task : together) {
            play(task, workers, all.get(task), failures);
            progress.accept("%d/%d  %s".formatted(start, starts, row(task, all.get(task))));
          }
        } finally {
          workers.values().forEach(WorkerProcess::close);
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    all.forEach((task, slices) -> rows.add(row(task, slices)));
    return new Results(
        threads, jvmArguments, ceiling(all.values()), Medians.of(array(bandwidths)), rows);
  }

  private void start(
      SequencedMap<String, WorkerProcess> workers,
      List<Double> bandwidths,
      Consumer<String> failures)
      throws IOException {
    for (String contender : contenders) {
      WorkerProcess worker = new WorkerProcess(contender, threads, jvmArguments, log);
      workers.put(contender, worker);
      turn(contender, workers, failures, worker::awaitReady);
    }
    if (!workers.isEmpty()) {
      String first = workers.firstEntry().getKey();
      turn(first, workers, failures, () -> bandwidths.add(workers.get(first).bandwidth()));
    }
  }

  private void play(
      Task task,
      SequencedMap<String, WorkerProcess> workers,
      Slices slices,
      Consumer<String> failures) {
    SequencedMap<String, List<Slice>> players = new LinkedHashMap<>();
    for (Map.Entry<String, WorkerProcess> worker : List.copyOf(workers.entrySet())) {
      turn(
          worker.getKey(),
          workers,
          failures,
          () -> {
            if (worker.getValue().enter(task)) {
              players.put(worker.getKey(), new ArrayList<>());
            }
          });
    }
    for (int round = 0; round < rounds; round++) {
      for (String contender : List.copyOf(players.keySet())) {
        turn(
            contender,
            workers,
            failures,
            () -> players.get(contender).add(workers.get(contender).time()));
      }
      players.keySet().retainAll(workers.keySet());
    }
    players.forEach(slices::add);
  }

  private static void turn(
      String contender,
      SequencedMap<String, WorkerProcess> workers,
      Consumer<String> failures,
      Runnable turn) {
    try {
      turn.run();
    } catch (WorkerEndedException e) {
      workers.remove(contender).close();
      failures.accept(e.getMessage());
    }
  }

  private static Row row(Task task, Slices slices) {
    SequencedMap<String, Score> scores = new LinkedHashMap<>();
    slices.byContender.forEach(
        (contender, starts) -> scores.put(contender, Score.of(2.0 * task.multiplyAdds(), starts)));
    return new Row(task, scores);
  }

  private static double ceiling(Iterable<Slices> all) {
    List<Double> ceilings = new ArrayList<>();
    for (Slices slices : all) {
      slices.byContender.values().stream()
          .flatMap(List::stream)
          .flatMap(List::stream)
          .forEach(slice -> ceilings.add(slice.ceiling()));
    }
    return Medians.of(array(ceilings));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
