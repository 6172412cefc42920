// SPDX-License-Identifier: Apache-2.0

/**
 * The operators: {@link dev.lanewise.conv.Conv2d}, {@link dev.lanewise.conv.ConvTranspose2d},
 * {@link dev.lanewise.conv.LocallyConnected2d}, {@link dev.lanewise.conv.Unfold} (im2col) and
 * {@link dev.lanewise.conv.Fold} (col2im), forward and backward, each also for {@code double}.
 *
 * <p>An operator is a plan. It is built once from a geometry, a record of sizes, and then used from
 * any thread for as long as one likes; it holds neither scratch memory nor threads. Operands are
 * the caller's arrays or segments, in NCHW, with no gaps, in heap or native memory.
 *
 * <p>What runs inside is one of several algorithms, chosen by the shape; {@code explain()} on a
 * plan says which each pass uses. Where it is a matrix product, the col matrix is packed from the
 * image and never stored.
 */
package dev.lanewise.conv;
