// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

/**
 * Some ten milliseconds of one contender at one task.
 *
 * @param nanosPerCall the mean of the slice's calls
 * @param ceiling the fastest multiply-adds of the cores before and after, their mean, in GFLOP/s
 */
public record Slice(double nanosPerCall, double ceiling) {}
