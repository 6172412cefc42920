// SPDX-License-Identifier: Apache-2.0

/**
 * The weight's gradient as sums over pixels, computed in tiles that are kept in registers. Three
 * algorithms:
 *
 * <ul>
 *   <li>{@link dev.lanewise.internal.conv.backwardweight.FloatChannelLanesBackwardWeight}, for many
 *       channels: filters in the lanes, what a tap reads as broadcasts; cut by {@link
 *       dev.lanewise.internal.conv.backwardweight.FloatChannelLanesCut}, multiplied by {@link
 *       dev.lanewise.internal.conv.backwardweight.FloatBroadcastTile};
 *   <li>{@link dev.lanewise.internal.conv.backwardweight.FloatPixelDotsBackwardWeight}, for few
 *       weights over many pixels: dot products with pixels in the lanes, band by band ({@link
 *       dev.lanewise.internal.conv.backwardweight.FloatBandedBackwardWeight}), multiplied by {@link
 *       dev.lanewise.internal.conv.backwardweight.FloatDotTile};
 *   <li>{@link dev.lanewise.internal.conv.backwardweight.FloatSlidingBackwardWeight}, for 3×3
 *       windows side by side: pixels in the lanes and a window that slides down, {@link
 *       dev.lanewise.internal.conv.backwardweight.FloatSlidingTile}.
 * </ul>
 *
 * <p>The first two read {@link dev.lanewise.internal.conv.backwardweight.FloatShiftedImages}, which
 * cites its source: an image copied so that what each tap reads is one run of memory. The last two
 * drop the lanes that two vectors share ({@link
 * dev.lanewise.internal.conv.backwardweight.FloatLastLanes}) and add up the others at the end
 * ({@link dev.lanewise.internal.conv.backwardweight.FloatLaneSums}). {@link
 * dev.lanewise.internal.conv.backwardweight.FloatBroadcastTileOfSegment} and {@link
 * dev.lanewise.internal.conv.backwardweight.FloatDotTileOfSegment} read native memory.
 */
package dev.lanewise.internal.conv.backwardweight;
