// SPDX-License-Identifier: Apache-2.0

/**
 * Convolution as a matrix product with the col matrix, of any shape and for every pass; and im2col
 * and col2im themselves.
 *
 * <ul>
 *   <li>{@link dev.lanewise.internal.conv.im2col.FloatIm2col}, where the source of the idea is
 *       cited, and its adjoint {@link dev.lanewise.internal.conv.im2col.FloatCol2im} move runs of
 *       rows of the col matrix;
 *   <li>{@link dev.lanewise.internal.conv.im2col.FloatIm2colRowPanels}, {@link
 *       dev.lanewise.internal.conv.im2col.FloatIm2colColumnPanels} and {@link
 *       dev.lanewise.internal.conv.im2col.FloatGatheredColumnPanels} pack it as B of {@link
 *       dev.lanewise.internal.gemm a blocked product}, so that it is never stored;
 *   <li>implicit GEMM: {@link dev.lanewise.internal.conv.im2col.FloatImplicitGemmForward}, {@link
 *       dev.lanewise.internal.conv.im2col.FloatImplicitGemmBackwardWeight}, and {@link
 *       dev.lanewise.internal.conv.im2col.FloatCol2imBackwardInput}, a block of whose product is
 *       added to the image at a time;
 *   <li>pointwise, where the image is its own col matrix: {@link
 *       dev.lanewise.internal.conv.im2col.FloatPointwiseForward}, {@link
 *       dev.lanewise.internal.conv.im2col.FloatPointwiseBackwardInput} and {@link
 *       dev.lanewise.internal.conv.im2col.FloatPointwiseBackwardWeight};
 *   <li>what these have in common: {@link dev.lanewise.internal.conv.im2col.FloatGemmForward},
 *       {@link dev.lanewise.internal.conv.im2col.FloatGemmBackwardWeight} and {@link
 *       dev.lanewise.internal.conv.im2col.FloatUnpackedFilter};
 *   <li>{@link dev.lanewise.internal.conv.im2col.FloatUnshared}, filters that differ from window to
 *       window.
 * </ul>
 */
package dev.lanewise.internal.conv.im2col;
