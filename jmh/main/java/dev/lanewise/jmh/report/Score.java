// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one contender reached at one task.
 *
 * @param share of the ceiling of the same moment, the median of all slices; 1 is all of it
 * @param gflops the median rate
 * @param shareByStart the median share in each of its processes
 */
public record Score(double share, double gflops, List<Double> shareByStart) {
  public Score {
    shareByStart = List.copyOf(shareByStart);
  }

  /**
   * Sums up the slices.
   *
   * @param flops floating-point operations of a call
   * @param starts the slices of each process
   */
  public static Score of(double flops, List<List<Slice>> starts) {
    ToDoubleFunction<Slice> share = slice -> flops / slice.nanosPerCall() / slice.ceiling();
    List<Double> shareByStart = new ArrayList<>();
    List<Slice> all = new ArrayList<>();
    for (List<Slice> start : starts) {
      shareByStart.add(median(start, share));
      all.addAll(start);
    }
    return new Score(
        median(all, share), median(all, slice -> flops / slice.nanosPerCall()), shareByStart);
  }

  private static double median(List<Slice> slices, ToDoubleFunction<Slice> value) {
    return Medians.of(slices.stream().mapToDouble(value).toArray());
  }
}
