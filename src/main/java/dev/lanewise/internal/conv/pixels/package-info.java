// SPDX-License-Identifier: Apache-2.0

/**
 * The direct sum with pixels in the lanes and weights as broadcasts, for few filters; in both
 * directions.
 *
 * <ul>
 *   <li>{@link dev.lanewise.internal.conv.pixels.FloatPixelFilter}, the algorithm, with
 *       neighbouring pixels in the lanes, and {@link
 *       dev.lanewise.internal.conv.pixels.FloatImageLanesFilter}, the same sums with the images of
 *       a batch in them;
 *   <li>{@link dev.lanewise.internal.conv.pixels.FloatPixelLayout} decides how bands are copied and
 *       phases summed, {@link dev.lanewise.internal.conv.pixels.FloatPixelTerms} lists the terms of
 *       the phases, {@link dev.lanewise.internal.conv.pixels.PixelPlaces} the vectors of a band,
 *       and {@link dev.lanewise.internal.conv.pixels.FloatPhaseRows} puts phases together again;
 *   <li>{@link dev.lanewise.internal.conv.pixels.FloatPixelTile} is the innermost loop, with a
 *       class for each number of filters; {@link
 *       dev.lanewise.internal.conv.pixels.FloatPixelTileToSegment} writes to native memory, {@link
 *       dev.lanewise.internal.conv.pixels.FloatPixelLineTile} reads lines, as long as {@link
 *       dev.lanewise.internal.conv.pixels.PixelLine} says; {@link
 *       dev.lanewise.internal.conv.pixels.FloatBandTiles} is how a band calls any of them;
 *   <li>{@link dev.lanewise.internal.conv.pixels.FloatPhaseTile} is that of two neighbouring phases
 *       of few filters, from lines as well.
 * </ul>
 *
 * <p>A stride backwards becomes phases, the sub-pixel form: {@link
 * dev.lanewise.internal.conv.PixelAxis} cites its source.
 */
package dev.lanewise.internal.conv.pixels;
