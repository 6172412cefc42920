// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.plan;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.parallel.Team;
import dev.lanewise.internal.simd.FloatLines;

/**
 * One pass of a plan: a chosen {@link FloatFilter} with what surrounds it, the packing of weights
 * in a bounded workspace, the threads and the algorithm for infinite weights.
 */
public final class FloatFilterPass {
  /**
   * What weights that a call packs should take where it costs little to come back for others: they
   * stay in a level 2 cache of 1 MiB. Elsewhere as much as the largest block.
   */
  private static final int MOST_NEAR = (512 << 10) / Float.BYTES;

  private final FloatFilter filter;
  private final FloatAlgorithms.Choice<FloatFilter> choice;
  private final long weightElements;
  private final double multiplyAdds;
  private final int chunk;

  /** Blocks packed at a time if the source is not prepared again for others. */
  private final int nearChunk;

  private final Team team;

  /** Runs where a weight is infinite or NaN; null if the filter does that itself. */
  private final FloatFilter ofOperands;

  private FloatFilterPass(
      FloatAlgorithms.Choice<FloatFilter> choice,
      ConvShape shape,
      FloatFilter ofOperands,
      Team team) {
    filter = choice.algorithm();
    this.choice = choice;
    weightElements = shape.weight();
    multiplyAdds = shape.multiplyAdds();
    this.team = team;
    this.ofOperands = filter.addsZeros() ? ofOperands : null;
    int block = filter.weightBlockFloats();
    chunk =
        block == 0
            ? filter.weightBlocks()
            : Math.clamp(FloatFilter.MOST_PACKED_BLOCK / block, 1, filter.weightBlocks());
    nearChunk =
        block == 0 || filter.preparesSource() || team.threads() > 1
            ? chunk
            : Math.clamp(MOST_NEAR / block, 1, chunk);
  }

  /** From images to filtered images. */
  public static FloatFilterPass forward(
      ConvShape shape, FloatEpilogue epilogue, boolean fast, Team team) {
    // What surrounds an image is an operand, whatever its value, so no algorithm adds zeros.
    return new FloatFilterPass(FloatAlgorithms.forward(shape, epilogue, fast), shape, null, team);
  }

  /** From filtered images to images. */
  public static FloatFilterPass backwardInput(
      ConvShape shape, FloatEpilogue epilogue, boolean fast, Team team) {
    return new FloatFilterPass(
        FloatAlgorithms.backwardInput(shape, epilogue, fast),
        shape,
        FloatAlgorithms.backwardInputOfOperands(shape, epilogue),
        team);
  }

  /** The algorithm and why it was chosen, in words. */
  public String describe() {
    return filter.describe() + "; " + choice.why();
  }

  /** Elements of scratch that a call needs, with packed weights or without. */
  public int workspaceFloats() {
    int block = filter.weightBlockFloats();
    int packed = block == 0 ? 0 : chunk * block + FloatLines.LENGTH;
    int own = packed + team.threads() * filter.workspaceFloats();
    return ofOperands == null ? own : Math.max(own, team.threads() * ofOperands.workspaceFloats());
  }

  /**
   * A weight that stays.
   *
   * @param data the packed blocks, or the weight as it is
   * @param offset their first element
   * @param packed which of the two
   */
  public record Packed(float[] data, int offset, boolean packed) {}

  /** Packs the whole weight. */
  public Packed pack(Object weight, long weightOffset) {
    int block = filter.weightBlockFloats();
    boolean packs = block > 0 && !needsOperands(weight, weightOffset);
    int offset = packs ? FloatLines.next(0) : 0;
    long elements = packs ? offset + (long) filter.weightBlocks() * block : weightElements;
    if (elements > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a packed weight of %d elements does not fit an array".formatted(elements));
    }
    float[] data = new float[(int) elements];
    if (packs) {
      filter.packWeights(weight, weightOffset, 0, filter.weightBlocks(), data, offset);
    } else {
      FloatMemory.copy(weight, weightOffset, data, 0, data.length);
    }
    return new Packed(data, offset, packs);
  }

  /** Runs with a weight that was packed before. */
  public void run(
      Object source,
      long sourceOffset,
      Packed weight,
      Object bias,
      long biasOffset,
      Object residual,
      long residualOffset,
      Object target,
      long targetOffset,
      float[] workspace,
      int workspaceOffset) {
    boolean plain = !weight.packed() && filter.weightBlockFloats() > 0;
    run(
        plain ? ofOperands : filter,
        source,
        sourceOffset,
        weight.data(),
        weight.offset(),
        0,
        (plain ? ofOperands : filter).weightBlocks(),
        bias,
        biasOffset,
        residual,
        residualOffset,
        target,
        targetOffset,
        workspace,
        workspaceOffset);
  }

  /** Runs with a weight as it is. */
  public void run(
      Object source,
      long sourceOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object residual,
      long residualOffset,
      Object target,
      long targetOffset,
      float[] workspace,
      int workspaceOffset) {
    boolean operands = needsOperands(weight, weightOffset);
    int block = operands ? 0 : filter.weightBlockFloats();
    if (block == 0) {
      FloatFilter taken = operands ? ofOperands : filter;
      run(
          taken,
          source,
          sourceOffset,
          weight,
          weightOffset,
          0,
          taken.weightBlocks(),
          bias,
          biasOffset,
          residual,
          residualOffset,
          target,
          targetOffset,
          workspace,
          workspaceOffset);
      return;
    }
    int packed = FloatLines.next(workspaceOffset);
    int scratch = packed + chunk * block;
    // What is no array, its reader copies each time.
    int together = source instanceof float[] ? nearChunk : chunk;
    for (int first = 0; first < filter.weightBlocks(); first += together) {
      int end = Math.min(first + together, filter.weightBlocks());
      filter.packWeights(weight, weightOffset, first, end, workspace, packed);
      run(
          filter,
          source,
          sourceOffset,
          workspace,
          packed,
          first,
          end,
          bias,
          biasOffset,
          residual,
          residualOffset,
          target,
          targetOffset,
          workspace,
          scratch);
    }
  }

  private boolean needsOperands(Object weight, long weightOffset) {
    return ofOperands != null && !FloatMemory.isFinite(weight, weightOffset, weightElements);
  }

  private void run(
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
      int workspaceOffset) {
    if (team.shares(multiplyAdds)
        && FloatMemory.isShared(source)
        && FloatMemory.isShared(weight)
        && FloatMemory.isShared(bias)
        && FloatMemory.isShared(residual)
        && FloatMemory.isShared(target)) {
      FloatFilterRegion region =
          new FloatFilterRegion(
              filter,
              source,
              sourceOffset,
              weight,
              weightOffset,
              firstBlock,
              endBlock,
              bias,
              biasOffset,
              residual,
              residualOffset,
              target,
              targetOffset,
              workspace,
              workspaceOffset,
              team);
      team.run(region, region.units());
      return;
    }
    filter.run(
        source,
        sourceOffset,
        weight,
        weightOffset,
        firstBlock,
        endBlock,
        bias,
        biasOffset,
        residual,
        residualOffset,
        target,
        targetOffset,
        0,
        filter.parts(),
        workspace,
        workspaceOffset);
  }
}
