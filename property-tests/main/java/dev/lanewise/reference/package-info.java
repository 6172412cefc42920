// SPDX-License-Identifier: Apache-2.0
/**
 * Convolution as it is defined, to test other convolutions against: nested loops over {@code
 * double}, forward and every gradient, never tuned, depending on nothing.
 *
 * <p>A reference is a record of sizes; its methods take and return flat row-major arrays. To check
 * a fast convolution, feed both the same numbers and let {@link
 * dev.lanewise.reference.NumbersPolicy} say how far apart they may be:
 *
 * <pre>{@code
 * var window = ReferenceWindow.of(3, 3).stride(2, 2).padding(1, 1, 1, 1);
 * var reference = new ReferenceConv2d(2, 8, 15, 15, 16, window, 1);
 *
 * // Small integers, so that no sum rounds: the fast result must be the same, bit for bit.
 * var data = new ReferenceData(seed, Precision.FLOAT);
 * int limit = NumbersPolicy.integerLimit(reference.forwardTerms(), Precision.FLOAT);
 * double[] input = data.integers(reference.inputElements(), limit);
 * double[] weight = data.integers(reference.weightElements(), limit);
 * NumbersPolicy.requireSameBits(
 *     "output", reference.forward(input, weight, null), fast(input, weight));
 *
 * // Any reals: the fast result must lie within the rounding error bound, whatever its order.
 * NumbersPolicy.requireWithinBound(
 *     "output",
 *     reference.forward(x, w, null),
 *     fast(x, w),
 *     reference.forwardTerms(),
 *     reference.forwardMagnitude(x, w, null),
 *     Precision.FLOAT);
 * }</pre>
 *
 * <p>Non-finite numbers follow IEEE 754 with no exception: padding is an operand like any other, so
 * an infinite weight on a padding of zeros gives NaN.
 */
package dev.lanewise.reference;
