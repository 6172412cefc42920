// SPDX-License-Identifier: Apache-2.0
/**
 * What must hold for every operator, on random sizes: agreement with the reference (exact on
 * integers, within the bound on reals), the laws that tie the operators to each other, and that a
 * call touches nothing but its output.
 *
 * <p>{@link dev.lanewise.properties.Cases} draws the sizes, {@link
 * dev.lanewise.properties.Operands} the numbers, {@link dev.lanewise.properties.Call} makes the
 * calls. The build runs all of it once on the machine as it is and once for each lesser machine
 * that the JVM can simulate.
 *
 * <p>A failure prints the smallest case that still fails and the seed of the run. The case is
 * complete: its numbers follow from its own seed. {@code @Property(seed = "…")} replays the run.
 */
package dev.lanewise.properties;
