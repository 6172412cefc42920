// SPDX-License-Identifier: Apache-2.0

/**
 * 3×3 filters of a single channel, plane by plane on the caller's memory: pixels in the lanes, what
 * lies beside a row masked instead of copied.
 *
 * <ul>
 *   <li>{@link dev.lanewise.internal.conv.depthwise.FloatDepthwiseFilter}, forward and
 *       backwardInput, on {@link dev.lanewise.internal.conv.depthwise.FloatDepthwiseKernel}, with a
 *       class for stride 1, stride 2 and its other direction, whose source {@link
 *       dev.lanewise.internal.conv.depthwise.FloatDepthwiseKernelPhases} cites, and on {@link
 *       dev.lanewise.internal.conv.depthwise.FloatDepthwisePair}, two columns at a time;
 *   <li>{@link dev.lanewise.internal.conv.depthwise.FloatDepthwiseBackwardWeight}, the weight's
 *       gradient, on {@link dev.lanewise.internal.conv.depthwise.FloatDepthwiseDots}, with a class
 *       for each stride, and one for two columns at a time;
 *   <li>{@link dev.lanewise.internal.conv.depthwise.FloatDepthwiseKernelInSegments}, {@link
 *       dev.lanewise.internal.conv.depthwise.FloatDepthwisePairInSegments} and {@link
 *       dev.lanewise.internal.conv.depthwise.FloatDepthwiseDotsOfSegments}, the same on native
 *       memory.
 * </ul>
 */
package dev.lanewise.internal.conv.depthwise;
