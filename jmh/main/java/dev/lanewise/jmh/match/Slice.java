// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

/**
 * Some ten milliseconds of one contender at one task.
 *
 * @param nanosPerCall the mean of the slice's calls
 * @param ceiling the fastest multiply-adds of the core before and after, their mean, in GFLOP/s
 */
record Slice(double nanosPerCall, double ceiling) {
  static Slice parse(String reply) {
    String[] parts = reply.split(" ");
    return new Slice(
        Double.parseDouble(parts[0]),
        (Double.parseDouble(parts[1]) + Double.parseDouble(parts[2])) / 2);
  }
}
