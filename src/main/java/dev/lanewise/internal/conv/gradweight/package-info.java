// SPDX-License-Identifier: Apache-2.0

/**
 * The weight's gradient as sums over pixels, computed in tiles that are kept in registers. Three
 * algorithms:
 *
 * <ul>
 *   <li>{@link dev.lanewise.internal.conv.gradweight.FloatChannelLanesBackwardWeight}, for many
 *       channels: filters in the lanes, what a tap reads as broadcasts; cut by {@link
 *       dev.lanewise.internal.conv.gradweight.FloatChannelLanesCut}, multiplied by {@link
 *       dev.lanewise.internal.conv.gradweight.FloatBroadcastTile};
 *   <li>{@link dev.lanewise.internal.conv.gradweight.FloatPixelDotsBackwardWeight}, for few weights
 *       over many pixels: dot products with pixels in the lanes, band by band ({@link
 *       dev.lanewise.internal.conv.gradweight.FloatBandedBackwardWeight}), multiplied by {@link
 *       dev.lanewise.internal.conv.gradweight.FloatDotTile};
 *   <li>{@link dev.lanewise.internal.conv.gradweight.FloatSlidingBackwardWeight}, for 3×3 windows
 *       side by side: pixels in the lanes and a window that slides down, {@link
 *       dev.lanewise.internal.conv.gradweight.FloatSlidingTile}.
 * </ul>
 *
 * <p>The first two read {@link dev.lanewise.internal.conv.gradweight.FloatShiftedImages}, which
 * cites its source: an image copied so that what each tap reads is one run of memory. The last two
 * drop the lanes that two vectors share ({@link
 * dev.lanewise.internal.conv.gradweight.FloatLastLanes}) and add up the others at the end ({@link
 * dev.lanewise.internal.conv.gradweight.FloatLaneSums}). {@link
 * dev.lanewise.internal.conv.gradweight.FloatBroadcastTileOfSegment} and {@link
 * dev.lanewise.internal.conv.gradweight.FloatDotTileOfSegment} read native memory.
 */
package dev.lanewise.internal.conv.gradweight;
