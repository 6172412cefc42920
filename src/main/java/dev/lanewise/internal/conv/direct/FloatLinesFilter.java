// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.util.ArrayList;
import java.util.List;

/**
 * The sums of {@link FloatDirectFilter} in its order, with the source in lines: for kernels of
 * three columns and a stride and dilation of one.
 *
 * <pre>
 *   for each image, for each band of target rows
 *     copy what the band reads into lines                             (level 2 cache)
 *     for each NR channels of the target
 *       for each kc taps, for each run of pixels, for each row
 *         sums += line · weight                                       ({@link FloatLineKernel})
 *       transpose the sums into the target's rows, then the epilogue
 * </pre>
 *
 * <p>Kernel rows that read zeros around the source are left out, as the pixels do.
 */
final class FloatLinesFilter implements FloatFilter {
  private static final int NR = FloatDirectKernel.LANES;
  private static final int TAPS = FloatLineKernel.TAPS;
  private static final int LINE = FloatLineKernel.LINE;

  private final FloatDirectFilter pixels;
  private final FloatDirectWeight weights;
  private final DirectAxis vertical;
  private final DirectAxis horizontal;
  private final FloatImageLines lines;

  /** For each run of pixels. */
  private final List<Starting<FloatLineKernel>> kernels;

  private final int batch;
  private final int groups;
  private final int sources;
  private final int targets;

  /** Target rows of a band. */
  private final int rows;

  /** Steps summed up at a time. */
  private final int cut;

  /**
   * For each target row the first kernel row that reads more than zeros, and one more than the
   * last.
   */
  private final int[] firstKernelRow;

  private final int[] endKernelRow;

  /** The lines, where there are kernels for them; else the pixels. */
  static FloatFilter of(ConvShape shape, boolean forward, FloatDirectFilter pixels) {
    return applies(shape, forward, pixels) ? new FloatLinesFilter(shape, forward, pixels) : pixels;
  }

  /** Whether this machine has registers for the kernels. */
  static boolean hasKernels() {
    return Machine.SIMD && Machine.FMA && Machine.REGISTERS >= 32;
  }

  private static boolean applies(ConvShape shape, boolean forward, FloatDirectFilter pixels) {
    ColumnShape columns = shape.columns();
    return hasKernels()
        && !pixels.order().addsOnly()
        && isDense(columns.vertical())
        && isDense(columns.horizontal())
        && columns.horizontal().kernel() == TAPS
        && FloatDirectFilter.axis(columns.horizontal(), forward).windows()
            >= FloatLineKernel.SHORTEST
        && scratchFloats(shape, forward, 1) <= FloatFilter.MOST_SCRATCH;
  }

  private static boolean isDense(AxisMap axis) {
    return axis.stride() == 1 && axis.dilation() == 1;
  }

  /** Of bands of so many rows; as a double, for there may be more than a long counts. */
  private static double scratchFloats(ConvShape shape, boolean forward, int rows) {
    ColumnShape columns = shape.columns();
    int sources = forward ? columns.channels() : shape.filters();
    int pixels = FloatDirectFilter.axis(columns.horizontal(), forward).windows();
    int reach = columns.vertical().kernel() - 1;
    return FloatImageLines.floats(pixels, sources, rows + reach) + (double) rows * pixels * NR + NR;
  }

  private FloatLinesFilter(ConvShape shape, boolean forward, FloatDirectFilter pixels) {
    this.pixels = pixels;
    weights = pixels.weights();
    ColumnShape columns = shape.columns();
    vertical = FloatDirectFilter.axis(columns.vertical(), forward);
    horizontal = FloatDirectFilter.axis(columns.horizontal(), forward);
    batch = shape.batch();
    groups = shape.groups();
    sources = forward ? columns.channels() : shape.filters();
    targets = forward ? shape.filters() : columns.channels();
    rows = rows(shape, forward);
    double surroundings = forward ? columns.paddingValue() : 0;
    lines =
        new FloatImageLines(
            vertical, horizontal, (float) surroundings, sources, rows + vertical.reach());
    kernels = new ArrayList<>();
    for (int run = 0; run < lines.runs(); run++) {
      kernels.add(FloatLineKernel.ALL.get(lines.length(run) - FloatLineKernel.SHORTEST));
    }
    cut = pixels.order().stretches().getFirst().cut() / TAPS;
    firstKernelRow = new int[vertical.target()];
    endKernelRow = new int[vertical.target()];
    for (int row = 0; row < vertical.target(); row++) {
      firstKernelRow[row] = surroundings == 0 ? vertical.firstOperandTap(0, row) : 0;
      endKernelRow[row] = surroundings == 0 ? vertical.endOperandTap(0, row) : vertical.kernel();
    }
  }

  /** Target rows of a band. */
  private int rows(ConvShape shape, boolean forward) {
    int rows = DirectBands.fewestWindows(vertical, horizontal);
    double row = (double) sources * (horizontal.target() + horizontal.reach());
    while (rows > 1
        && (row * (rows + vertical.reach()) > DirectBands.MOST_READ
            || scratchFloats(shape, forward, rows) > FloatFilter.MOST_SCRATCH)) {
      rows = Math.ceilDiv(rows, 2);
    }
    return rows;
  }

  @Override
  public String describe() {
    return ("direct: channels of the result in the lanes; tiles of up to %dx%d, three taps a step, lines of %d,"
            + " bands of %d rows, %s")
        .formatted(lines.length(0), NR, LINE, rows, pixels.order().describe());
  }

  @Override
  public boolean addsZeros() {
    return pixels.addsZeros();
  }

  @Override
  public int weightBlocks() {
    return pixels.weightBlocks();
  }

  @Override
  public int weightBlockFloats() {
    return pixels.weightBlockFloats();
  }

  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    pixels.packWeight(weight, weightOffset, block, packed, packedOffset);
  }

  @Override
  public void packWeights(
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      float[] packed,
      int packedOffset) {
    pixels.packWeights(weight, weightOffset, firstBlock, endBlock, packed, packedOffset);
  }

  private int bands() {
    return Math.ceilDiv(vertical.target(), rows);
  }

  @Override
  public int parts() {
    return batch * bands();
  }

  // The scratch: lines, the sums of a block, its bias.

  @Override
  public int workspaceFloats() {
    return lines.floats() + sumFloats() + NR;
  }

  private int sumFloats() {
    return rows * horizontal.target() * NR;
  }

  @Override
  public void run(
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
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset) {
    float[] packed = (float[]) weight;
    long sourcePlane = (long) vertical.source().input() * horizontal.source().input();
    long targetPlane = (long) vertical.target() * horizontal.target();
    int sums = workspaceOffset + lines.floats();
    int initial = sums + sumFloats();
    for (int part = firstPart; part < endPart; part++) {
      long n = part / bands();
      int firstRow = part % bands() * rows;
      int endRow = Math.min(firstRow + rows, vertical.target());
      int copied = -1;
      for (int block = firstBlock; block < endBlock; block++) {
        int group = weights.group(block);
        if (group != copied) {
          copied = group;
          lines.copy(
              source,
              sourceOffset + (n * groups + group) * sources * sourcePlane,
              firstRow,
              endRow + vertical.reach(),
              workspace,
              workspaceOffset);
        }
        int channels = weights.channels(block);
        int channel = group * targets + weights.firstChannel(block);
        weights.start(block, bias, biasOffset, workspace, initial);
        int packedAt = (int) weightOffset + (block - firstBlock) * weightBlockFloats();
        sum(firstRow, endRow, packed, packedAt, workspace, workspaceOffset, sums, initial);
        long at =
            (n * groups * targets + channel) * targetPlane + (long) firstRow * horizontal.target();
        pixels.store(
            (endRow - firstRow) * horizontal.target(),
            channels,
            workspace,
            sums,
            target,
            targetOffset + at,
            residual,
            residualOffset + at,
            targetPlane);
      }
    }
  }

  /** All pixels of a band by one block of channels. */
  private void sum(
      int firstRow,
      int endRow,
      float[] packed,
      int packedOffset,
      float[] workspace,
      int linesOffset,
      int sums,
      int initial) {
    boolean finite = weights.isFinite(packed, packedOffset);
    int kernelRows = vertical.taps(0).length;
    // At least once: pixels without taps get their bias.
    for (int step = 0; step == 0 || step < kernelRows * sources; step += cut) {
      for (int run = 0; run < kernels.size(); run++) {
        Starting<FloatLineKernel> starting = kernels.get(run);
        FloatLineKernel kernel = starting.kernel();
        long since = starting.clock(kernel);
        for (int row = firstRow; row < endRow; row++) {
          int from = Math.max(step, finite ? firstKernelRow[row] * sources : 0);
          int end = Math.min(step + cut, (finite ? endKernelRow[row] : kernelRows) * sources);
          if (from >= end && step > 0) {
            continue;
          }
          int line = lines.place(run) + (row - firstRow) * lines.rowFloats() + from * LINE;
          int pixel = lines.pixel(run) + (row - firstRow) * horizontal.target();
          kernel.accumulate(
              Math.max(end - from, 0),
              workspace,
              linesOffset + line,
              packed,
              packedOffset + from * TAPS * NR,
              workspace,
              step == 0 ? initial : -1,
              sums + pixel * NR);
        }
        starting.ran(kernel, since);
      }
    }
  }
}
