// SPDX-License-Identifier: Apache-2.0

/**
 * The algorithms of the convolutions.
 *
 * <p>{@link dev.lanewise.internal.conv.AxisMap} alone knows stride, dilation and padding; {@link
 * dev.lanewise.internal.conv.ColumnShape} crosses two of them into the shape of a col matrix;
 * {@link dev.lanewise.internal.conv.FloatIm2col} and {@link dev.lanewise.internal.conv.FloatCol2im}
 * move runs of its rows. Each pass has an interface and one class per algorithm; {@link
 * dev.lanewise.internal.conv.FloatAlgorithms} holds the ordered lists that a plan chooses from.
 *
 * <p>Kernels whose names end in {@code ToSegment}, {@code InSegments}, {@code OfSegment} or {@code
 * OfSegments} run on native memory. Only their interfaces are here; the build makes them of the
 * kernels on arrays.
 *
 * <p>A transposed convolution is the mirror image of a convolution and has no algorithms of its
 * own.
 */
package dev.lanewise.internal.conv;
