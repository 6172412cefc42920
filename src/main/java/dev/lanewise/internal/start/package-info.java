// SPDX-License-Identifier: Apache-2.0

/**
 * How a process starts: on scalar kernels, until the vector kernels are known to be fast.
 *
 * <p>Code on the Vector API is slower than a scalar loop by a factor of a hundred until C2 has
 * compiled it, and for good if C2 leaves its vectors boxed. So every kernel has a scalar form with
 * the same layouts and the same bits, and a {@link dev.lanewise.internal.start.Takeover} that
 * decides which of the two runs. Kernels on native memory have none: there operands are copied to
 * arrays and back until the kernel is fast. Most families are a {@link
 * dev.lanewise.internal.start.Starting}, from which a caller takes the form once for many calls;
 * some have a class {@code Starting…} of their own, which is called like the kernel. Where {@link
 * dev.lanewise.internal.start.VectorCompiler} knows of {@link
 * dev.lanewise.internal.start.HotSpotFlags} that say otherwise, none is ever tried.
 */
package dev.lanewise.internal.start;
