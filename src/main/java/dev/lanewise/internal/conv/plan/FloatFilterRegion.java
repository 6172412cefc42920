// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.plan;

import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.parallel.Region;
import dev.lanewise.internal.parallel.Team;

/**
 * One call of a {@link FloatFilter} cut into units: stretches of parts where there are enough of
 * them, else each part by groups of blocks.
 */
final class FloatFilterRegion extends Region {
  private final FloatFilter filter;
  private final int firstBlock;
  private final int endBlock;
  private final int groups;
  private final int stretches;
  private final int threads;
  private final long sourceOffset;
  private final long weightOffset;
  private final long biasOffset;
  private final long residualOffset;
  private final long targetOffset;
  private final int workspaceOffset;
  private Object source;
  private Object weight;
  private Object bias;
  private Object residual;
  private Object target;
  private float[] workspace;

  /**
   * @param workspace holds {@link FloatFilter#workspaceFloats()} for each slot
   * @param team works on it
   */
  FloatFilterRegion(
      FloatFilter filter,
      Object source,
      long sourceOffset,
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      Object bias,
      long biasOffset,
      Object residual,
      long residualOffset,
      Object target,
      long targetOffset,
      float[] workspace,
      int workspaceOffset,
      Team team) {
    this.filter = filter;
    this.source = source;
    this.sourceOffset = sourceOffset;
    this.weight = weight;
    this.weightOffset = weightOffset;
    this.firstBlock = firstBlock;
    this.endBlock = endBlock;
    this.bias = bias;
    this.biasOffset = biasOffset;
    this.residual = residual;
    this.residualOffset = residualOffset;
    this.target = target;
    this.targetOffset = targetOffset;
    this.workspace = workspace;
    this.workspaceOffset = workspaceOffset;
    threads = team.threads();
    stretches = Math.min(filter.parts(), team.units());
    groups = Math.min(endBlock - firstBlock, groups(team));
  }

  /** Groups that prepare the source for themselves are few: as many as leave no thread idle. */
  private int groups(Team team) {
    int enough = Math.ceilDiv(team.units(), Math.max(1, stretches));
    if (!filter.preparesSource()) {
      return enough;
    }
    int even = 1;
    while (even < enough && stretches * even % team.threads() != 0) {
      even++;
    }
    return even;
  }

  int units() {
    return stretches * groups;
  }

  @Override
  protected void unit(int unit, int slot) {
    // Groups inside stretches: neighbours share a source.
    int index = unit / groups;
    int stretch = filter.weightBlockFloats() > 0 ? index : apart(index, stretches, threads);
    int group = unit % groups;
    int blocks = endBlock - firstBlock;
    int first = firstBlock + share(blocks, group, groups);
    filter.run(
        source,
        sourceOffset,
        weight,
        weightOffset + (long) (first - firstBlock) * filter.weightBlockFloats(),
        first,
        firstBlock + share(blocks, group + 1, groups),
        bias,
        biasOffset,
        residual,
        residualOffset,
        target,
        targetOffset,
        share(filter.parts(), stretch, stretches),
        share(filter.parts(), stretch + 1, stretches),
        workspace,
        workspaceOffset + slot * filter.workspaceFloats());
  }

  /**
   * The stretch that is taken as the index-th. Matrix products write the columns of whole planes,
   * and two threads on neighbouring ones fetch each other's lines ahead: there each thread begins
   * in a share of its own. Filters that pack their weight are faster on neighbours, whose sources
   * overlap.
   */
  static int apart(int index, int stretches, int threads) {
    int thread = index % threads;
    int most = stretches % threads;
    return thread * (stretches / threads) + Math.min(thread, most) + index / threads;
  }

  @Override
  protected void release() {
    source = null;
    weight = null;
    bias = null;
    residual = null;
    target = null;
    workspace = null;
  }
}
