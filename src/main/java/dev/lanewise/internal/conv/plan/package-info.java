// SPDX-License-Identifier: Apache-2.0

/**
 * The passes of a plan. {@link dev.lanewise.internal.conv.plan.FloatAlgorithms} holds the ordered
 * lists and chooses by predicted rate; {@link dev.lanewise.internal.conv.plan.FloatFilterPass} runs
 * the chosen {@link dev.lanewise.internal.conv.FloatFilter}, which is forward or backwardInput, and
 * {@link dev.lanewise.internal.conv.plan.FloatBackwardWeightPass} the chosen {@link
 * dev.lanewise.internal.conv.FloatBackwardWeight}. Their regions, {@link
 * dev.lanewise.internal.conv.plan.FloatFilterRegion} and {@link
 * dev.lanewise.internal.conv.plan.FloatBackwardWeightRegion}, cut a call into what threads share.
 * {@link dev.lanewise.internal.conv.plan.FloatBiasGradient} is the third gradient, which needs no
 * choice.
 *
 * <p>The one package that knows all families of algorithms.
 */
package dev.lanewise.internal.conv.plan;
