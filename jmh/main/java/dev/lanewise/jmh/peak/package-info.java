// SPDX-License-Identifier: Apache-2.0
/**
 * Ratios that survive a noisy machine. Absolute figures of a shared virtual machine differ from one
 * minute to the next; what a kernel reaches of the core's own limit, measured within the same
 * second and the same JVM, does not. A benchmark {@linkplain dev.lanewise.jmh.peak.Work declares}
 * what a call does; {@link dev.lanewise.jmh.peak.CeilingProfiler} brackets each iteration with the
 * limit.
 */
package dev.lanewise.jmh.peak;
