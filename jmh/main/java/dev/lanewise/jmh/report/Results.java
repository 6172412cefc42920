// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import dev.lanewise.jmh.contenders.Contenders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * A whole run.
 *
 * @param threads of every contender
 * @param jvmArguments what its processes got besides the usual ones
 * @param ceiling the fastest multiply-adds, the median of the run, in GFLOP/s
 * @param bandwidth of a large copy, read and written, in GB/s
 */
public record Results(
    int threads, List<String> jvmArguments, double ceiling, double bandwidth, List<Row> rows) {
  public Results {
    jvmArguments = List.copyOf(jvmArguments);
    rows = List.copyOf(rows);
  }

  /** Whether there is anybody else to compare Lanewise with. */
  public boolean hasPeers() {
    return contenders().stream().anyMatch(Contenders::isPeer);
  }

  /** The contenders that solved anything, in the order of the first row that has them. */
  SequencedSet<String> contenders() {
    SequencedSet<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.scores().keySet()));
    return names;
  }
}
