// SPDX-License-Identifier: Apache-2.0

/**
 * The direct sum for one filter of each group, without stride: pixels in the lanes, and a row of
 * the source, once loaded, serves all the rows of the target whose windows it lies in; in both
 * directions.
 *
 * <ul>
 *   <li>{@link dev.lanewise.internal.conv.rolling.FloatRollingFilter}, the algorithm, on copies of
 *       bands, and {@link dev.lanewise.internal.conv.rolling.FloatRollingInPlace}, which reads them
 *       where they stand;
 *   <li>{@link dev.lanewise.internal.conv.rolling.FloatRollingTile} is the innermost loop on
 *       copies, with a class for each height of a window; {@link
 *       dev.lanewise.internal.conv.rolling.FloatRollingTileInPlace} and {@link
 *       dev.lanewise.internal.conv.rolling.FloatRollingTileToSegment} are those in place and to
 *       native memory.
 * </ul>
 */
package dev.lanewise.internal.conv.rolling;
