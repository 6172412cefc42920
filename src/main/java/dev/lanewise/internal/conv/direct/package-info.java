// SPDX-License-Identifier: Apache-2.0

/**
 * The direct convolution: channels of the target in the lanes, pixels as broadcasts, no col matrix;
 * for any window, in both directions.
 *
 * <ul>
 *   <li>{@link dev.lanewise.internal.conv.direct.FloatDirectFilter}, the algorithm, and {@link
 *       dev.lanewise.internal.conv.direct.FloatImageRunsFilter}, the same sums with images of the
 *       batch in place of pixels, and with two or three taps a step {@link
 *       dev.lanewise.internal.conv.direct.FloatLinesFilter} and, for 1×1, {@link
 *       dev.lanewise.internal.conv.direct.FloatPlanesFilter};
 *   <li>{@link dev.lanewise.internal.conv.direct.DirectAxis} takes stride and direction apart into
 *       correlations of stride one, where the source of the sub-pixel form is cited;
 *   <li>{@link dev.lanewise.internal.conv.direct.DirectSums} orders the taps; {@link
 *       dev.lanewise.internal.conv.direct.DirectBands} and {@link
 *       dev.lanewise.internal.conv.direct.DirectTiles} cut rows of pixels into bands and runs,
 *       {@link dev.lanewise.internal.conv.direct.LineRuns} those that are read from lines;
 *   <li>{@link dev.lanewise.internal.conv.direct.FloatDirectImage}, {@link
 *       dev.lanewise.internal.conv.direct.FloatImageLines} and {@link
 *       dev.lanewise.internal.conv.direct.FloatDirectWeight} lay out the operands;
 *   <li>{@link dev.lanewise.internal.conv.direct.FloatDirectKernel} is the innermost loop, with a
 *       class for each run length; {@link
 *       dev.lanewise.internal.conv.direct.FloatDirectKernelStrided} reads windows of stride 2 where
 *       they stand, {@link dev.lanewise.internal.conv.direct.FloatLineKernel} lines, in a {@link
 *       dev.lanewise.internal.conv.direct.LineForm}.
 * </ul>
 */
package dev.lanewise.internal.conv.direct;
