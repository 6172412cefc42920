// SPDX-License-Identifier: Apache-2.0
/**
 * The benchmarks. {@link dev.lanewise.jmh.OperatorBenchmark} is the frame: one subclass per
 * operator says what Lanewise and the naive loops compute on a shape, one parameter names the
 * shape. Everything is reported as a ratio: to the core's limit ({@link dev.lanewise.jmh.peak}) and
 * to the naive loops.
 */
package dev.lanewise.jmh;
