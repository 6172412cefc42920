// SPDX-License-Identifier: Apache-2.0

/**
 * The algorithms of the convolutions: a package for each family, and here what they share.
 *
 * <p>{@link dev.lanewise.internal.conv.AxisMap} alone knows stride, dilation and padding; {@link
 * dev.lanewise.internal.conv.ColumnShape} crosses two of them into the shape of a col matrix,
 * {@link dev.lanewise.internal.conv.ConvShape} adds batch, groups and filters. An algorithm is a
 * class that implements {@link dev.lanewise.internal.conv.FloatFilter}, forward and backwardInput,
 * or {@link dev.lanewise.internal.conv.FloatBackwardWeight}. {@link
 * dev.lanewise.internal.conv.PixelAxis}, {@link dev.lanewise.internal.conv.FloatPaddedImage} and
 * {@link dev.lanewise.internal.conv.FloatShiftedCopies} say and copy what several families read,
 * {@link dev.lanewise.internal.conv.FloatEpilogue} is what follows their sums.
 *
 * <ul>
 *   <li>{@link dev.lanewise.internal.conv.plan}: the ordered lists of algorithms that a plan
 *       chooses from, and its passes;
 *   <li>{@link dev.lanewise.internal.conv.direct}: channels in the lanes, pixels as broadcasts; any
 *       window, both directions;
 *   <li>{@link dev.lanewise.internal.conv.pixels}: pixels in the lanes, for few filters; both
 *       directions;
 *   <li>{@link dev.lanewise.internal.conv.rolling}: pixels in the lanes, one filter for each group;
 *       both directions;
 *   <li>{@link dev.lanewise.internal.conv.depthwise}: 3×3 filters of a single channel, plane by
 *       plane; all three passes;
 *   <li>{@link dev.lanewise.internal.conv.im2col}: im2col and col2im, and the matrix products with
 *       a col matrix that is never stored: implicit GEMM and pointwise, for any shape; all three
 *       passes;
 *   <li>{@link dev.lanewise.internal.conv.winograd}: Winograd's minimal filtering, 3×3 under FAST
 *       arithmetic; both directions;
 *   <li>{@link dev.lanewise.internal.conv.backwardweight}: the weight's gradient from tiles of sums
 *       over pixels.
 * </ul>
 *
 * <p>Families do not know each other, nor the plan that chooses among them.
 *
 * <p>Kernels whose names end in {@code ToSegment}, {@code InSegments}, {@code OfSegment} or {@code
 * OfSegments} run on native memory. Only their interfaces are here; the build makes them of the
 * kernels on arrays.
 *
 * <p>A transposed convolution is the mirror image of a convolution and has no algorithms of its
 * own.
 */
package dev.lanewise.internal.conv;
